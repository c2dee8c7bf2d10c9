/**
 * The Chinese words of the first day: making the county, and the guide to the first visit. Part of the dictionary in
 * `zh.ts`.
 *
 * Always true: plain daily words; commands are not words, they stand in `county/guide/steps.ts`. Not here: the pages
 * that the guide leads to.
 */
export const zhGuide = {
  'setup.title': '开始',
  'setup.hint': '这台服务器上还没有县。写好下面三项，县就建好了，您就是第一位管理员。',
  'setup.county': '县级区划代码',
  'setup.county_hint': '六位数字，就是统计用区划代码的前六位。建好以后不能改，请核对。',
  'setup.county_wrong': '请写六位数字的区划代码。',
  'setup.county_name': '县名',
  'setup.county_name_hint': '例如：示例县。手机、报告上都这样写。',
  'setup.county_name_wrong': '请写县名。',
  'setup.person': '您的姓名',
  'setup.person_hint': '和身份证上一样。您改的内容会记在这个名字下。',
  'setup.person_wrong': '请写您的姓名。',
  'setup.make': '建好这个县',
  'setup.no_code': '这台服务器上还没有县。请到启动服务器的终端窗口里找一个链接，用它打开，就可以开始。',
  'setup.no_code_again': '链接里有“#setup=”；县建好以前一直有效。如果同事已经建好了，请点下面的按钮。',
  'setup.look_again': '再看一次',
  'setup.newer_link': '请用启动服务器的终端窗口里最新的链接打开；写好的内容不会丢。',
  'setup.to_sign_in': '去登录',
  'setup.insecure':
    '现在的网址不安全（不是 https），浏览器不会保留登录。请在服务器这台电脑上打开链接，或者先给服务器配好证书。',

  'menu.guide': '开始使用',

  'guide.title': '开始使用',
  'guide.hint': '从这里到第一次走访，一共六步。可以随时离开，再从“开始使用”回来。',
  'guide.progress': '六步里做好了 {n} 步',
  'guide.step': '第 {n} 步',
  'guide.state_done': '已做好',
  'guide.state_now': '现在做',
  'guide.state_later': '以后做',

  'guide.address': '手机能用的安全网址',
  'guide.address_why': '手机只认安全网址（https）。有了它，没有信号也能记，记好的内容路上没人能看。',
  'guide.address_todo': '现在的网址只有服务器这台电脑能用。请网络管理员准备好证书，再用命令重新启动服务器。',
  'guide.county': '建县',
  'guide.county_why': '所有的登记都归在{county}（{code}）名下。',
  'guide.units': '乡镇和村',
  'guide.units_why': '手机按村登记，先要有全县的乡镇和村。用一张表格导入，合并过的村也写在里面。',
  'guide.units_go': '去导入区划',
  'guide.roster': '花名册',
  'guide.roster_why': '有了名册，手机上才有要走访的人。身份证号码只加密留在县里，不会到手机上。',
  'guide.roster_go': '去导入名册',
  'guide.campaign': '第一个慰问活动',
  'guide.campaign_why': '写好文号、日期、对象和标准，村里的人点几下就能记一次走访，不用打字。',
  'guide.campaign_go': '去建活动',
  'guide.phone': '第一部手机',
  'guide.phone_why': '先选一个村，给那里的工作人员一个登记码。他用手机扫一下，就能开始记。',
  'guide.phone_go': '去登记手机',

  'guide.command': '也可以用命令来做',
  'guide.command_only': '看要运行的命令',
  'guide.command_stop': '先停下服务器再运行，做完再启动。',
  'guide.command_sign_in': '先停下服务器。第一行给出新网址的登录链接，第二行启动服务器；然后用那个链接登录。',
  'guide.command_places': '大写的词换成您自己的：{places}。',
  'guide.place_dir': '数据文件夹',
  'guide.place_host': '手机访问的域名',
  'guide.place_cert': '证书文件',
  'guide.place_key': '私钥文件',
  'guide.place_file': '要导入的文件',
  'guide.place_unit': '村的区划代码',
  'guide.place_name': '姓名',
  'guide.copy': '复制',
  'guide.copy_label': '复制 {command}',
  'guide.copied': '已复制',
  'guide.copy_failed': '没能复制，请选中命令自己复制。',

  'guide.begun': '都准备好了。',
  'guide.begun_next': '村里记下第一次走访，手机有信号时就会传来，在“总览”里看得到。',
  'guide.begun_go': '看总览',
} as const
