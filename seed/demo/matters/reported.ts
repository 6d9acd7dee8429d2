import type { Matter } from './matter.js';

type Text = Omit<Matter, 'ledger'>;

/** F4, F8: what needs others: infrastructure, departments. */
const WORKS: readonly Text[] = [
	{
		service: 'JC-01',
		nature: 'request',
		title: '学校路口请求增设减速带',
		details: [
			'村口到学校一段下坡弯道，车速快，今年已出{n}起事故。',
			'{hamlet}路口没有标识，外来车辆常走错、急刹。',
		],
		along: ['镇里会同旗交通运输局查看现场，认为有必要。', '材料已到，等天气好转施工。'],
		results: ['减速带和警示牌已安装，村民反映车速明显降低。', '增设两道减速带、一块标识牌，现场验收通过。'],
		department: 'transport',
	},
	{
		service: 'SL-01',
		nature: 'request',
		title: '申请新打灌溉机井',
		details: ['旧井水量不足，{n}0亩饲草地浇不上水。', '三户合用一口井，用水高峰轮不上。'],
		along: ['井位示意图和邻户意见已报旗水利局。', '旗水利局约定下周现场查看。'],
		results: ['旗水利局批复同意在原井附近更新一口，批文已交户主。', '取水许可已批，讲明须装表计量。'],
		explained: '该处属地下水限采范围，不予批准新井；已说明理由，建议改用滴灌并列入节水项目。',
		department: 'water',
		only: 'resident',
	},
	{
		service: null,
		nature: 'request',
		title: '{hamlet}到村部道路雨后难行',
		details: ['砂石路冲出深沟，班车和拉水车进不来。', '路面翻浆，收秋的车出不去。'],
		along: ['已先填平最深的两处，保证能过车。', '镇里测量长度，列入维修计划。'],
		results: ['已拉砂石整平{n}公里，群众看过同意。', '路面修补完成，两侧开了排水沟。'],
		department: 'transport',
	},
	{
		service: null,
		nature: 'request',
		title: '自来水管网冬季冻堵',
		details: ['{hamlet}有{n}户冬天停水，靠拉水吃。', '入户水管埋得浅，连年上冻。'],
		along: ['先安排送水车隔日送水。', '旗水利局答复列入管网改造。'],
		results: ['管道重新深埋并加保温，{n}户恢复供水。', '更换冻裂管道，试水正常。'],
		department: 'water',
		only: 'resident',
	},
	{
		service: null,
		nature: 'request',
		title: '变压器容量不足电压低',
		details: ['晚上电压低，电器带不动，{hamlet}十几户都这样。', '铡草机一开全社灯暗。'],
		along: ['供电所已测电压，确认过负荷。'],
		results: ['供电所更换变压器，测得电压正常。', '已调整线路负荷，户主试机正常。'],
		department: 'power',
		only: 'resident',
	},
	{
		service: null,
		nature: 'request',
		title: '手机信号弱影响报警求助',
		details: ['{hamlet}在沟里，打电话要爬到梁上。'],
		along: ['已把测试结果报通信运营单位。'],
		results: ['运营单位调整基站方向，院里可以通话。', '新增一处小基站，信号恢复。'],
		department: 'telecom',
		only: 'resident',
	},
	{
		service: null,
		nature: 'request',
		title: '河畔农田需修防洪坝',
		details: ['去年山洪冲走地边{n}亩，怕今年再冲。'],
		along: ['镇里会同旗水利局看过河道。', '列入水毁修复计划，等资金下达。'],
		results: ['修复护坡一段，汛前完工。', '旗水利局安排机械清淤并加固堤脚。'],
		explained: '该段属行洪河道，不能筑坝；已安排清淤，并建议调整种植。',
		department: 'water',
	},
	{
		service: null,
		nature: 'request',
		title: '重病家庭申请慈善帮助',
		details: ['夫妻两人先后患重病，报销后仍负担重。', '孩子患病在外地治疗，花费大。'],
		along: ['病历和费用清单已报市慈善总会。'],
		results: ['市慈善总会已发放帮扶资金到本人账户。', '慈善项目审核通过，款项已到账。'],
		department: 'charity',
	},
	{
		service: null,
		nature: 'request',
		title: '希望统一引进良种公羊',
		details: ['{hamlet}{n}户都想换种公羊，单户买不合算。'],
		along: ['登记有同样需要的户数，一并上报。'],
		results: ['旗农牧局把本镇列入良种补贴批次，各户按登记数领取。', '镇里统一联系种羊场，补贴按批次兑现。'],
		department: 'farming',
		only: 'resident',
	},
	{
		service: null,
		nature: 'opinion',
		title: '建议增加到旗里的班车',
		details: ['一天只有一趟班车，看病当天回不来。'],
		along: ['已统计乘车需要，报旗交通运输局。'],
		results: ['逢集日增开一趟，时刻表贴在村部。', '答复试行预约班车，电话已公布。'],
		explained: '现有客流达不到增开班次的要求；先安排预约用车，半年后再评估。',
		department: 'transport',
	},
	{
		service: null,
		nature: 'opinion',
		title: '建议公开村集体收入支出',
		details: ['希望每季度公示集体土地租金用在哪里。'],
		along: ['村委会同意补充公示内容。'],
		results: ['村务公开栏补齐本年度收支，逐项可查。', '村监督委员会核对后张榜公示，户主看过。'],
	},
	{
		service: null,
		nature: 'opinion',
		title: '建议修缮村文化活动室',
		details: ['活动室漏雨，老人下午没处去。'],
		along: ['村委会请人看过，列出用料。'],
		results: ['屋顶已翻修，活动室重新开放。', '先修好漏雨处，炉子已换。'],
	},
	{
		service: null,
		nature: 'request',
		title: '养殖区粪污堆放影响水源',
		details: ['上游养殖户粪堆离水井不到{n}0米，雨天流下来。'],
		along: ['与旗生态环境分局一起看过现场。'],
		results: ['粪堆已清走，建了防渗堆放点，水样检测合格。', '养殖户按要求搬迁堆粪点，复查合格。'],
		department: 'environment',
		only: 'resident',
	},
	{
		service: null,
		nature: 'request',
		title: '危旧校舍旁电杆倾斜',
		details: ['原小学院墙外电杆倾斜，孩子常在那里玩。'],
		along: ['先拉警示带，供电所约定更换时间。'],
		results: ['电杆已扶正加固，警示带撤除。', '更换新电杆，现场清理完毕。'],
		department: 'power',
	},
];

/** M1, M2: disputes, talked round by the household's cadre first. */
const DISPUTE_TEXTS: readonly (readonly [title: string, detail: string, along: string, result: string])[] = [
	[
		'草场边界争议',
		'与邻户在围栏位置上有分歧，已有两年。',
		'与双方到现场，对照承包证逐段核对。',
		'双方同意以承包证四至为准，重立界桩，签了调解协议。',
	],
	[
		'土地流转租金纠纷',
		'流转{n}0亩地，今年租金少给一季。',
		'看过合同，约双方到村部面谈。',
		'承租方按合同补齐租金，分两次付清，已签协议。',
	],
	[
		'兄弟赡养老人意见不合',
		'老人三个子女，轮流照料说不拢。',
		'逐户谈话，听了老人自己的意见。',
		'三家商定按月轮流照料，费用平摊，写成协议。',
	],
	[
		'灌溉用水先后争执',
		'同一口井四户轮灌，次序有争议。',
		'与井长一起排出轮灌表，征求各户意见。',
		'轮灌表四户签字，贴在井房。',
	],
	[
		'工程欠付工钱',
		'给村边工程干活，{n}名工人的工钱没结。',
		'已联系施工方，对方承认欠款数。',
		'施工方按约付清，工人签收。',
	],
	[
		'宅基地滴水纠纷',
		'邻居翻建后屋檐水滴到自家院里。',
		'测量两家墙距，商量加装檐沟。',
		'邻居加装檐沟，费用自担，双方签字。',
	],
	[
		'牲畜伤人赔偿',
		'邻居的牛顶伤老人，医药费说不拢。',
		'核对医院票据，告知双方规定。',
		'牛主承担医药费，分两次付清，双方和解。',
	],
	[
		'离婚后子女探望',
		'前夫不让探望孩子，几次吵闹。',
		'分别谈话，请妇联干部一起做工作。',
		'商定每月两次探望时间，写成协议。',
	],
];

export const REPORTED: readonly Matter[] = WORKS.map((text) => ({ ...text, ledger: 'reported' }));

export const DISPUTES: readonly Matter[] = DISPUTE_TEXTS.map(([title, detail, along, result]) => ({
	service: 'TJ-01',
	ledger: 'reported',
	nature: 'dispute',
	title,
	details: [detail],
	along: [along],
	results: [result],
}));

/** What is said of an official goes to the supervision group alone. */
export const COMPLAINTS: readonly Matter[] = (
	[
		[
			'反映干部走访不及时',
			'一个多月没有见到包户干部，打电话说在忙。',
			'查看走访记录，并向同社三户了解。',
			'情况部分属实，已当面提醒，督导组下月再查。',
		],
		[
			'反映电话无人接听',
			'连续两天打包户干部电话没人接，也没有回电。',
			'核对通话情况，该干部当时在培训。',
			'已要求外出时说明由谁接听，并向户主说明。',
		],
		[
			'反映代办材料迟迟不还',
			'交了户口簿原件，过了一周还没送回。',
			'已查明材料在窗口，当天取回。',
			'材料已送还，要求今后只收复印件并开清单。',
		],
		[
			'反映说话态度不好',
			'问补贴的事，回答不耐烦。',
			'分别听了双方说法。',
			'该干部已上门道歉，户主表示接受。',
		],
		[
			'反映登记事项与说的不一致',
			'说的是修路，台账上写成了修院墙。',
			'调阅登记内容，与户主逐句核对。',
			'已更正并重新登记，向户主念过一遍。',
		],
		[
			'建议更换包户干部',
			'干部常在旗里开会，希望换一个常在村的。',
			'核对该干部三个月的驻村天数。',
			'驻村天数符合要求，已说明情况，并约定每周固定到户时间。',
		],
	] as const
).map(([title, detail, along, result]) => ({
	service: null,
	ledger: 'reported',
	nature: title.startsWith('建议') ? 'opinion' : 'request',
	title,
	details: [detail],
	along: [along],
	results: [result],
}));
