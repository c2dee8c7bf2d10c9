/**
 * The English words of campaigns as the county plans them. Part of the dictionary in `en.ts`.
 *
 * Always true: the keys of `zh_campaigns.ts`. Not here: packages (`gift.…`).
 */
import type { zhCampaigns } from './zh_campaigns'

export const enCampaigns: Record<keyof typeof zhCampaigns, string> = {
  'menu.campaigns': 'Campaigns',

  'campaign.title': 'Campaigns',
  'campaign.new': 'New campaign',
  'campaign.none': 'There is no campaign yet. Make one: document, days, packages, and whom it is for.',
  'campaign.name': 'Name',
  'campaign.document_no': 'Document no.',
  'campaign.no_document': 'No document yet',
  'campaign.kind': 'Kind of visits',
  'campaign.days': 'Days',
  'campaign.from': 'First day',
  'campaign.until': 'Last day',
  'campaign.days_of': '{from} to {until}',
  'campaign.state': 'State',
  'campaign.state_planned': 'Planned',
  'campaign.state_open': 'Open',
  'campaign.state_closed': 'Closed',
  'campaign.state_over': 'Over',
  'campaign.change': 'Change',
  'campaign.copy': 'Copy for the next time',
  'campaign.back': 'All campaigns',
  'campaign.unsaved': 'Not saved yet',
  'campaign.keep_writing': 'Go on with “{name}”, which is not saved',
  'campaign.unnamed': 'unnamed',
  'campaign.drop_draft': 'Drop it',
  'campaign.save': 'Save',
  'campaign.saved': 'Saved. Phones get it when they next connect.',
  'campaign.put_right_first': 'Something is still to be put right before it can be saved.',

  'campaign.close': 'Close',
  'campaign.closed': 'Closed. Phones offer it no more; visits that come late still count.',
  'campaign.closed_hint':
    'Closed: lists on phones stay as they were. What is changed here reaches phones once it is open again.',
  'campaign.reopen': 'Open again',
  'campaign.reopened': 'Open again. Phones see it when they next connect.',
  'campaign.withdraw': 'Withdraw',
  'campaign.withdraw_ask':
    'Once withdrawn, the campaign and its list are gone for good. Nobody has recorded a visit for it yet.',
  'campaign.withdraw_do': 'Withdraw this campaign',
  'campaign.withdraw_visits': '{n} visits were recorded, so it can only be closed, not withdrawn.',
  'campaign.understood': 'All right',
  'campaign.withdrawn': 'Withdrawn.',

  'campaign.basics': 'What it is',
  'campaign.name_hint': 'Such as: Spring Festival visits 2027',
  'campaign.document_hint': 'Such as: SV [2027] No. 1',
  'campaign.home_rule':
    'Goods are brought to each home. They are not handed out at one place, so there is no such choice here.',

  'campaign.packages': 'Packages',
  'campaign.packages_hint':
    'Take them from the list of the county, or write your own. Amounts go up and down by buttons, or are typed.',
  'campaign.from_list': 'Add from the list of the county',
  'campaign.own_package': 'Write your own',
  'campaign.package_name': 'Name of the package',
  'campaign.no_packages': 'There is no package yet.',
  'campaign.package_in_use': 'The list uses this package in {n} places; choose another there first.',
  'campaign.package_now': '“{name}” on the list of the county is now: {gift}, worth {money}.',
  'campaign.take_now': 'Use that',

  'campaign.categories': 'By category',
  'campaign.categories_hint':
    'Choose a package for each category. Somebody of several gets the package that is worth most.',
  'campaign.priority': 'Priority recipients',
  'campaign.others': 'Others',
  'campaign.not_this_time': 'Not this time',
  'campaign.all_priority': 'All priority recipients without one get',

  'campaign.people': 'By name',
  'campaign.people_hint': 'Whoever is on the list gets the package of the list, whatever the category.',
  'campaign.people_none':
    'Nobody is on the list. Look people up by name, or add those who are entitled but on no list.',
  'campaign.people_count': '{n} people on the list',
  'campaign.people_show': 'Show the list',
  'campaign.people_hide': 'Hide the list',
  'campaign.more': '{n} more',
  'campaign.package_of': 'Package of {name}',
  'campaign.unlist': 'Take off',
  'campaign.without': '{n} people left out this time',
  'campaign.put_back': 'Put back',

  'overview.led': 'Visited with a township leader in charge: {n} households',
  'overview.led_rule':
    'The document asks each township leader for {n} households. Records say the rank of who led, not which person.',
  'overview.led_n': '{n} households',
  'campaign.leadership': 'Visits by township leaders',
  'campaign.leadership_hint':
    'How many households each township leader visits (the notice says 2 to 3). Others bring the goods to the homes.',
  'campaign.households_min': 'At least (households)',
  'campaign.households_max': 'At most (households)',
  'campaign.funds': 'Funds',
  'campaign.fund': 'Set aside',
  'campaign.fund_source': 'Where it comes from',
  'campaign.spent': 'Spent (once known)',

  'means.title': 'What this means',
  'means.people': 'Visited',
  'means.people_n': '{n} people',
  'means.households': 'Households',
  'means.households_n': '{n} households',
  'means.worth': 'Worth',
  'means.left': '{money} of the funds are left',
  'means.short': '{money} are lacking',
  'means.by_package': 'By package',
  'means.put_right': 'To be put right before saving',
  'means.look_at': 'Please look at',
  'means.unlisted': 'Entitled, on no list',
  'means.unlisted_none': 'All priority recipients are on the list.',
  'means.show_names': 'Show who they are (sensitive)',
  'means.names_later': 'Who they are can be seen once it is saved.',

  'unlisted.title': 'Entitled, on no list',
  'unlisted.hint': 'Counted from the campaign as it was saved. Personal information: open it only when you need it.',
  'unlisted.ask': 'Show the names',
  'unlisted.none': 'There is nobody like that.',
  'unlisted.count': '{n} people',
  'unlisted.name': 'Name',
  'unlisted.unit': 'Village',
  'unlisted.why': 'Why',
  'unlisted.why_not_a_category': 'Category not chosen this time',
  'unlisted.why_left_out': 'Left out this time',
  'unlisted.why_died': 'Has died',
  'unlisted.package': 'Package when added',
  'unlisted.add': 'Add',
  'unlisted.added': 'Added; in force once saved',
}
