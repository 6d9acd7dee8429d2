import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';

export default defineConfig(
	globalIgnores(['dist/', '.cache/', '.directus/']),
	{
		files: ['**/*.ts', '**/*.vue'],
		extends: [tseslint.configs.strictTypeChecked],
		languageOptions: {
			parserOptions: {
				projectService: true,
				tsconfigRootDir: import.meta.dirname,
				extraFileExtensions: ['.vue'],
			},
		},
		rules: {
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-console': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			// Text is walked by code point here: widths, line breaks, names.
			'@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
			// A type parameter used once is how a caller says what rows it expects.
			'@typescript-eslint/no-unnecessary-type-parameters': 'off',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
			],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'@typescript-eslint/switch-exhaustiveness-check': 'error',
		},
	},
	{
		files: ['**/*.vue'],
		extends: [vue.configs['flat/recommended']],
		languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser } },
		rules: {
			'vue/block-lang': ['error', { script: { lang: 'ts' } }],
			'vue/component-api-style': ['error', ['script-setup']],
			'vue/multi-word-component-names': 'off',
			// Whether a prop may be missing is said by its type.
			'vue/require-default-prop': 'off',
		},
	},
	{
		// The command line speaks to a terminal.
		files: ['seed/**/*.ts', 'tests/harness/**/*.ts', 'tests/bench/**/*.ts', '*.config.ts'],
		rules: { 'no-console': 'off' },
	},
	{
		files: ['tests/**/*.ts'],
		rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
	},
	{
		files: ['**/*.{js,mjs}'],
		extends: [tseslint.configs.strict],
		rules: { eqeqeq: ['error', 'always', { null: 'ignore' }] },
	},
	prettier,
);
