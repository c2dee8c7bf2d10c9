// Types and limits that phone, workbench and server share. Generated from the Rust types; never edited by hand:
// `cargo run -p zoufang-tests --bin generate-types` writes this file and a test fails while it is stale.
//
// Always true: 64-bit integers are numbers (all of ours stay below 2^53), byte strings are Uint8Array.
// Deliberately not here: reading and writing of bytes.

// The exchange: arrays in CBOR, here with names.

/** Where a phone stands in one feed. */
export type Cursor = {
  /** `register/unit`. */
  feed: string,
  /** Newest entry the phone holds. */
  seq: number,
  /** Chain digest at that entry. */
  digest: Uint8Array,
};

/** What a phone asks. */
export type RequestBody = {
  /** [`VERSION`]. */
  version: number,
  /** Six digits. */
  county: string,
  /** The asking device. */
  device: Uint8Array,
  /** From the last answer. */
  nonce: Uint8Array,
  /** From the last answer; zeros at first. */
  epoch: Uint8Array,
  /** Newest grants the phone knows. */
  grants_version: number,
  /** One per feed the phone holds. */
  cursors: Array<Cursor>,
  /** Envelopes without a receipt. */
  envelopes: Uint8Array[],
  /** What the phone still holds back after this request; none if nothing. */
  left?: Left,
  /** Documents to be sent whole, whatever the cursors say: at most [`WANTS_PER_REQUEST_MAX`]. */
  wants?: Array<string>,
};

/** Work that a phone has and that no request has carried yet. */
export type Left = {
  /** Records. */
  records: number,
  /** When the oldest was saved, by the phone's clock. */
  since_ms: number,
};

/** Bytes with a signature: a request or an answer. */
export type Signed = {
  /** An encoded [`RequestBody`] or [`AnswerBody`]. */
  body: Uint8Array,
  /** 64 bytes. */
  signature: Uint8Array,
};

/** What the server answers. */
export type AnswerBody = {
  /** [`VERSION`]. */
  version: number,
  /** [`STATUS_COMPLETE`], [`STATUS_STALE_NONCE`], [`STATUS_RETIRED`] or [`STATUS_STOLEN`]. */
  status: number,
  /** The journal's epoch. */
  epoch: Uint8Array,
  /** The server's time. */
  time_ms: number,
  /** For the next request. */
  nonce: Uint8Array,
  /** Hashes of envelopes that are on disk. */
  receipts: Uint8Array[],
  /** Envelopes that went to quarantine whole. */
  refusals: Array<Refusal>,
  /** What is new, per feed. */
  feeds: Array<FeedAnswer>,
  /** What the device may do, if the phone's version is another. */
  grants: Grants | null,
  /** What a person should know. */
  notices: Array<Notice>,
};

/** An envelope that is in quarantine. */
export type Refusal = {
  /** Its hash; of the bytes themselves where they could not be decoded. */
  envelope: Uint8Array,
  /** Stable code. */
  code: string,
};

/** A sentence for a person, as a code. */
export type Notice = {
  /** Stable code. */
  code: string,
  /** What it is about: a unit, a feed. */
  about: string,
};

/** What is new in one feed. */
export type FeedAnswer = {
  /** `register/unit`. */
  feed: string,
  /** The phone's cursor was not known: entries begin anew. */
  reset: boolean,
  /** The phone's next cursor. */
  seq: number,
  /** Chain digest at `seq`. */
  digest: Uint8Array,
  /** The answer's limit cut this feed. */
  more: boolean,
  /** In order of seq. */
  entries: Array<Entry>,
};

/** One published entry of a feed. The variant's number is the second item of the array. */
export type Entry = {
  "kind": "chunk",
  /** Place in the feed. */
  seq: number,
  /** The document. */
  address: string,
  /** Encoding id. */
  encoding: number,
  /** Automerge bytes. */
  payload: Uint8Array,
  /** Person id of the author. */
  author: string, } | { "kind": "stub",
  /** Place in the feed. */
  seq: number,
  /** The envelope's counter. */
  counter: number,
  /** The envelope's hash. */
  envelope: Uint8Array,
  /** Which of its chunks. */
  chunk: number, } | { "kind": "table",
  /** Place in the feed. */
  seq: number,
  /** `roster`, `campaigns`, … */
  name: string,
  /** JSON. */
  payload: Uint8Array, } | { "kind": "snapshot",
  /** Newest entry that is contained. */
  seq: number,
  /** The document. */
  address: string,
  /** A saved Automerge document. */
  payload: Uint8Array,
};

/** What a device may read and write. */
export type Grants = {
  /** Rises with each change. */
  version: number,
  /** Person id of who the device is bound to. */
  person: string,
  /** One per unit. */
  grants: Array<Grant>,
  /** Others who share the phone; none where nobody does. */
  others?: Array<DevicePerson>,
  /** Name of `person`; none where it is the one that the enrolment named. */
  name?: string,
};

/** Somebody who shares a phone. */
export type DevicePerson = {
  /** Person id. */
  id: string,
  /** As written on the ID. */
  name: string,
};

/** A dated grant. */
export type Grant = {
  /** The unit and all it contains. */
  unit: string,
  /** First day, `YYYY-MM-DD`. */
  from: string,
  /** Last day, or open. */
  until: string | null,
};

/** What a device signs. */
export type EnvelopeBody = {
  /** Algorithm id of the signature. */
  algorithm: number,
  /** The writing device. */
  device: Uint8Array,
  /** 1, 2, 3 … per device. */
  counter: number,
  /** Hash of the device's envelope before this one. */
  previous: Uint8Array | null,
  /** The device's clock, recorded and not trusted. Milliseconds since 1970. */
  time_ms: number,
  /** SHA-256 of each chunk, in order. */
  chunk_digests: Uint8Array[],
};

/** Changes to one document. */
export type Chunk = {
  /** The document, as text; [`Address::parse`] checks it. */
  address: string,
  /** An [`Encoding`] id. */
  encoding: number,
  /** Automerge bytes. */
  payload: Uint8Array,
};

// Enrolment, as JSON.

/** `POST /api/enrol`. */
export type EnrolRequest = {
  /** From the link's fragment. */
  code: string,
  /** The phone's new public key: 65 bytes, base64url. */
  public_key: string,
};

/** The answer to [`EnrolRequest`]. The same code with the same key gets the same answer. */
export type EnrolAnswer = {
  /** Device id: 16 bytes, base64url. */
  device: string,
  /** Six digits. */
  county: string,
  /** 示例县. */
  county_name: string,
  /** The county's public key, which the phone pins: 65 bytes, base64url. */
  county_key: string,
  /** The certificate of `PROTOCOL.md`: CBOR, base64url. */
  certificate: string,
  /** Name of who the device is bound to. */
  person: string,
  /** Person id of the same. */
  person_id: string,
  /** The journal's epoch: 8 bytes, base64url. */
  epoch: string,
  /** For the first request: 16 bytes, base64url. */
  nonce: string,
  /** The server's time. */
  time_ms: number,
  /** What the device may do. */
  grants: EnrolGrants,
};

/** The grants of a new device. */
export type EnrolGrants = {
  /** Rises with each change. */
  version: number,
  /** One per unit. */
  grants: Array<Grant>,
  /** Others who share the phone. */
  others: Array<DevicePerson>,
  /** As in the exchange: name of whom the phone is bound to, where that is not whom it was enrolled for. */
  name?: string,
};

/** The answer (202) while a code of fourteen days waits for somebody who compares four digits: ask again with the same. */
export type EnrolWaiting = {
  /** Always true. */
  waiting: boolean,
  /** Name of who the code is for. */
  person: string,
  /** 双河镇: who is to compare the digits. */
  township_name: string,
};

// Tables that travel in `tables/…` feeds, as JSON.

/** Table `county` in `tables/<county>`: what the county calls itself and what stands in the foot of each page. */
export type CountyTable = {
  /** Six digits. */
  code: string,
  /** 示例县. */
  name: string,
  /** Filing number of the app (备案编号); empty until there is one. */
  filing_no: string,
};

/** A word in both languages. */
export type Label = {
  /** Chinese. */
  zh: string,
  /** English. */
  en: string,
};

/** Table `list/<id>` in `tables/<county>`: a list that the county edits. */
export type CountyList = {
  /** One of [`LISTS`]. */
  id: string,
  /** What it is called. */
  name: Label,
  /** Oldest first. */
  versions: Array<ListVersion>,
};

/** A list as it is in force from a day on. It is never altered: a change is a further version. */
export type ListVersion = {
  /** 1, 2, … */
  version: number,
  /** First day, `YYYY-MM-DD`. */
  valid_from: string,
  /** In the order of the list. */
  items: Array<ListItem>,
};

/** One line of a list. */
export type ListItem = {
  /** Stands in records; never gets another meaning. */
  code: string,
  /** Chinese. */
  zh: string,
  /** English. */
  en: string,
  /** Award table: fen. */
  amount_fen: number | null,
  /** Packages: what is in it. */
  gift: Package | null,
};

/** Somebody of a batch list, as far as a phone may know: the family, never the soldier's name. */
export type BatchPerson = {
  /** Internal id. */
  person_ref: string,
  /** `recruit`, `returnee`, `merit`, `plaque`. */
  kind: string,
  /** `2024H1` (spring) or `2024H2` (autumn). */
  batch: string,
  /** 家属 王芳. */
  contact: string,
  /** 母亲. */
  relation: string,
  /** Initials of the contact in pinyin. */
  initials: string,
  /** What is copied into the participant: honour code, award year, serial number of the notice. */
  details: Record<string, unknown>,
};

/** One thing that is wrong. */
export type RegisterFault = {
  /** JSON pointer into the file: `/properties/gift/x-label`. */
  pointer: string,
  /** Stable code: `path_unknown`, … */
  code: string,
  /** A sentence in Chinese. */
  zh: string,
  /** The same in English. */
  en: string,
};

/** Table `campaigns` in `tables/<county>`. */
export type CampaignTable = {
  /** All campaigns that are open, and those of the last year. */
  campaigns: Array<Campaign>,
};

/** A condolence campaign (慰问活动). */
export type Campaign = {
  /** Stable id. */
  id: string,
  /** 八一走访慰问. */
  name: string,
  /** Number of the document that the campaign rests on. */
  document_no: string,
  /** `visit_kind` of its visits. */
  visit_kind: string,
  /** First day, `YYYY-MM-DD`. */
  from: string,
  /** Last day. */
  until: string,
  /** Closed by the county: nothing is logged for it any more. */
  closed: boolean,
  /** Standard packages by id. */
  packages: Array<Package>,
  /** What the office says it spent, fen; 0 until known. */
  spent_fen: number,
};

/** A standard package. `money_fen` plus goods at their prices is what it is worth: "300 yuan" means that total. */
export type Package = {
  /** Stable id within the county. */
  id: string,
  /** 标准慰问. */
  name: string,
  /** Gift money in fen. */
  money_fen: number,
  /** `cash`, `transfer`, `none`. */
  pay_method: string,
  /** Goods with the campaign's price. */
  goods: Array<PackageGoods>,
  /** `county`, `township`, `higher`, `donation`, `village`. */
  fund_source: string,
};

/** One kind of goods in a package. */
export type PackageGoods = {
  /** 大米. */
  item: string,
  /** How many. */
  quantity: number,
  /** 袋. */
  measure_word: string,
  /** Price of one, fen. */
  price_fen: number,
};

/** Table `village` in `tables/<unit>`, of a village or a township: its name, its staff, its people. */
export type VillageTable = {
  /** Twelve digits; of a township nine. */
  unit: string,
  /** 石门村. */
  name: string,
  /** 双河镇. */
  township_name: string,
  /** People who serve the station, for "who went". */
  staff: Array<StaffMember>,
  /** Households with somebody on a list, in the order of the roster. */
  households: Array<Household>,
  /** People of the batch lists: recruits, returnees, merit notices, plaques. */
  batches: Array<BatchPerson>,
};

/** Somebody who serves a station. */
export type StaffMember = {
  /** Person id. */
  id: string,
  /** As written on the ID. */
  name: string,
  /** `village_cadre`, `other_township_cadre`, …: a `lead_rank`. */
  rank: string,
};

/** A household: one row of the phone's list. */
export type Household = {
  /** Stable id. */
  id: string,
  /** Group of villagers (组), as digits; empty if none. */
  group: string,
  /** Who is entitled there. */
  people: Array<RosterPerson>,
};

/** An entitled person, as far as a phone may know. */
export type RosterPerson = {
  /** Internal id, `person_ref` of a visit. */
  person_ref: string,
  /** As written on the ID. */
  name: string,
  /** A relative, to tell namesakes apart: 女儿王芳. May be empty. */
  relative: string,
  /** Initials of the name in pinyin: `lds`. */
  initials: string,
  /** Targets: on which campaign's list, with which package. */
  targets: Array<Target>,
};

/** Being on a campaign's list. */
export type Target = {
  /** The campaign. */
  campaign_id: string,
  /** The package of the person's category. */
  package_id: string,
};

// What the county workbench is shown, as JSON.

/** `POST /api/session`: spend a sign-in code. */
export type SignIn = {
  /** From the link's fragment. */
  code: string,
};

/** `GET /api/session` (and the answer to a sign-in): who is signed in. */
export type Session = {
  /** 刘敏. */
  person: string,
  /** `administrator`, `county_clerk` or `township_clerk`. */
  role: string,
  /** The township that a township's clerk looks after; empty for the county. */
  unit: string,
  /** Six digits. */
  county: string,
  /** 示例县. */
  county_name: string,
  /** Filing number of the app (备案编号). */
  filing_no: string,
};

/** `GET /api/setup`: asked by anybody, before there is a county and afterwards. */
export type SetupState = {
  /** There is a county. */
  founded: boolean,
  /** Phones reach the server by a secure address. */
  secure: boolean,
};

/** `POST /api/setup`: makes the county; whoever does is its administrator and signed in. */
export type Founding = {
  /** Of the link that the server printed. */
  code: string,
  /** Six digits. */
  county: string,
  /** 示例县. */
  county_name: string,
  /** Name of the administrator. */
  person: string,
};

/** `GET /api/county/units`: the tree, sorted by code. */
export type UnitName = {
  /** 6, 9 or 12 digits. */
  unit: string,
  /** 石门村. */
  name: string,
};

/** `GET /api/county/visits?unit=&campaign=&kind=&outcome=&from=&to=&state=&order=&offset=&limit=`; all optional. The
 * same as JSON by POST, there with `person` too: part of a name, which stands in no address. `state` is `counted`,
 * `void`, `invalid`, `odd`, `unmatched` or `matter`; `limit` at most 500, 50 by default; newest visit date first, with `order=received`
 * what the county had last. */
export type VisitPage = {
  /** The rows of this page. */
  rows: Array<VisitRow>,
  /** Rows that match in all. */
  matching: number,
  /** Totals over all that match and count (void, invalid and settled doubles do not). */
  totals: Totals,
  /** Server's time of this answer. */
  as_of_ms: number,
};

/** Totals by `domain` counting words: person-times (人次), persons (人), money. */
export type Totals = {
  /** An open double counts once here … */
  person_times: number,
  /** Distinct persons. */
  persons: number,
  /** … and both times here. */
  value_fen: number,
  /** How many doubles are open. */
  open_doubles: number,
};

/** A value worth a second look. */
export type OddField = {
  /** Path of the field: `gift.money_fen`; in a list without its place. */
  field: string,
  /** `above`, `below`, `unit`, `identity`, `card`. */
  code: string,
};

/** One visit as the county sees it: the merged record. */
export type VisitRow = {
  /** UUIDv7. */
  record_id: string,
  /** `visit/990101103200/2024`. */
  address: string,
  /** Village, 12 digits. */
  unit: string,
  /** From the roster at the time of folding; else as entered. */
  person_name: string,
  /** Roster id; empty if the person is on no list. */
  person_ref: string,
  /** Category codes from the roster at the time of folding (sensitive: hidden until asked for, L-02). */
  categories: Array<string>,
  /** Campaign id; empty for none. */
  campaign_id: string,
  /** `visit_kind`. */
  kind: string,
  /** `delivered`, `not_met`, `deceased`. */
  outcome: string,
  /** `YYYY-MM-DD`. */
  date: string,
  /** What this record counts. */
  person_times: number,
  /** Money plus goods at the campaign's prices, fen. */
  value_fen: number,
  /** `handover_place`. */
  place: string,
  /** `receiver`. */
  receiver: string,
  /** `lead_rank`. */
  lead_rank: string,
  /** Who logged it first. */
  author: string,
  /** When the server had it, ms. */
  received_ms: number,
  /** Reason, if void. */
  void_reason: string | null,
  /** Fields that break the schema. */
  invalid_fields: Array<string>,
  /** Values worth a second look. */
  odd_fields: Array<OddField>,
  /** The step that waits: `need`; empty for none. */
  step: string,
  /** Record that counts instead, once a double is settled. */
  double_of: string | null,
  /** Open matters that concern this record. */
  open_matters: number,
};

/** One record of any register as the county sees it: what is stored, and what tables and measures are made of. */
export type RecordRow = {
  /** `ceremony`. */
  register: string,
  /** UUIDv7. */
  record_id: string,
  /** `ceremony/990101103/2024`. */
  address: string,
  /** Unit of the document: 6, 9 or 12 digits. */
  unit: string,
  /** The register's date (`x-bucket-date`); empty if it has none. */
  date: string,
  /** What names it (`x-title`): a text, the code of a choice, or names of people by the roster. */
  title: string,
  /** Value of `x-state`; without one, in a register with steps, the step that waits. */
  state: string,
  /** The step that waits; empty where all is done or nobody acts in turn. */
  step: string,
  /** Fields that stand in rows, and under `county` what only the county knows. */
  columns: Record<string, unknown>,
  /** Who logged it first. */
  author: string,
  /** When the server had it, ms. */
  received_ms: number,
  /** Reason, if void. */
  void_reason: string | null,
  /** Fields that break the schema, or that somebody wrote who may not. */
  invalid_fields: Array<string>,
  /** Values worth a second look: amounts far beyond the usual, text with a unit of the forces or a number of papers. */
  odd_fields: Array<OddField>,
  /** Record that counts instead, once a double is settled. */
  double_of: string | null,
  /** Open matters that concern this record. */
  open_matters: number,
};

/** `GET /api/county/visits/{record_id}`: the record with everything that happened to it. */
export type VisitDetail = {
  /** The row. */
  row: VisitRow,
  /** All fields as they stand, by name. */
  fields: Record<string, unknown>,
  /** Oldest first. */
  history: Array<HistoryEvent>,
  /** Matters that concern it, open and settled. */
  matters: Array<Matter>,
};

/** One change of a record. */
export type HistoryEvent = {
  /** Change hash, hexadecimal. */
  change: string,
  /** Who. */
  author: string,
  /** From which device: a short name; `county` for the workbench. */
  device: string,
  /** The writer's clock, ms. */
  written_ms: number,
  /** When the server had it, ms. */
  received_ms: number,
  /** Why, where the county wrote it; else empty. */
  note: string,
  /** What was written. */
  changes: Array<FieldChange>,
};

/** A field's old and new value. */
export type FieldChange = {
  /** Field name. */
  field: string,
  /** Values that this change replaced: none for a first write, several where it covered concurrent ones. */
  old: unknown[],
  /** The new value. */
  new: unknown,
};

/** Why something is in the county's list. */
export type MatterKind = "conflict" | "void_against_edit" | "overwritten_unseen" | "double" | "invalid" | "held" | "quarantined";

/** One thing a person at the county has to look at: `GET /api/county/matters?open=true`. */
export type Matter = {
  /** Stable id. */
  id: string,
  /** What it is. */
  kind: MatterKind,
  /** Where. */
  unit: string,
  /** Whom it concerns; empty for held and quarantined. */
  person_name: string,
  /** Records concerned: one, or the two or more of a double. */
  record_ids: Array<string>,
  /** The field or group, for conflicts. */
  field: string | null,
  /** The values side by side. */
  values: Array<MatterValue>,
  /** Heads of the document as shown, hexadecimal: sent back with a settlement. */
  heads: Array<string>,
  /** What the campaign's standard says, for conflicts over the gift: fen. */
  standard_fen: number | null,
  /** A stable code for invalid, held and quarantined. */
  code: string | null,
  /** The settlement, once there is one. */
  settled: SettledMatter | null,
};

/** One of the values that clash, or one of the records of a double. */
export type MatterValue = {
  /** Change hash; for a double the record id. */
  id: string,
  /** The value; for a double the main fields of the record (date, outcome, value_fen, lead_rank). */
  value: unknown,
  /** Who. */
  author: string,
  /** From which device. */
  device: string,
  /** The writer's clock, ms. */
  written_ms: number,
  /** This is what every replica shows now. */
  shown: boolean,
};

/** How a matter was settled. */
export type SettledMatter = {
  /** Id of the chosen value; none where both records of a double are real. */
  chosen: string | null,
  /** Why. */
  note: string,
  /** Who. */
  by: string,
  /** When, ms. */
  at_ms: number,
};

/** `POST /api/county/matters/{id}/settle`. Answer: the matter as it then stands. */
export type Settlement = {
  /** Id of a [`MatterValue`]; none: both records of a double are real. */
  chosen: string | null,
  /** Why; at most 200 characters. */
  note: string,
  /** The heads that the clerk was shown. */
  heads: Array<string>,
};

/** `GET /api/county/overview?campaign=`: coverage, townships sorted by code (never by rate, L-33). */
export type Overview = {
  /** All campaigns, newest first; the first open one is shown by default. */
  campaigns: Array<CampaignState>,
  /** The campaign that the rest is about. */
  campaign_id: string,
  /** Per township. */
  townships: Array<Coverage>,
  /** The whole county. */
  county: Coverage,
  /** How many households each township leader visits, by the campaign's rule; none without a campaign. */
  leadership: Leadership | null,
  /** Totals of the campaign's records. */
  totals: Totals,
  /** Open matters. */
  open_matters: number,
  /** Records that wait for a step of this unit's level, by register and step. */
  waiting: Array<Waiting>,
  /** Server's time, ms. */
  as_of_ms: number,
};

/** A campaign and whether it is open today. */
export type CampaignState = {
  /** Id. */
  id: string,
  /** Name. */
  name: string,
  /** Document number. */
  document_no: string,
  /** First day. */
  from: string,
  /** Last day. */
  until: string,
  /** Not closed, and today lies in it. */
  open: boolean,
  /** What the office says it spent, fen. */
  spent_fen: number,
};

/** Records of a register that wait for one step. */
export type Waiting = {
  /** `visit`. */
  register: string,
  /** `need`. */
  step: string,
  /** How many. */
  records: number,
};

/** How many of a unit's targets are visited. */
export type Coverage = {
  /** The unit. */
  unit: string,
  /** Its name. */
  name: string,
  /** Targets (persons on the list). */
  targets: number,
  /** Of these, with a delivered visit. */
  visited: number,
  /** Households visited with a township leader in charge. */
  led_households: number,
};

/** `GET /api/county/pending?campaign=&unit=`: who is not yet visited. */
export type Pending = {
  /** Village. */
  unit: string,
  /** 石门村. */
  unit_name: string,
  /** Name. */
  person_name: string,
  /** Group of villagers. */
  group: string,
  /** Last day somebody tried, if so. */
  tried_on: string | null,
};

/** `POST /api/county/links`: a fresh link for a phone, or for staff of the county or of a township. */
export type LinkRequest = {
  /** A village or township for a phone; none for a sign-in link of the workbench. */
  unit: string | null,
  /** Who it is for, by name. */
  person: string,
  /** With a township as unit: a sign-in link of the workbench for a clerk of that township. */
  staff?: boolean,
};

/** The fresh link. The code is in the fragment and good once. */
export type Link = {
  /** `https://…/#enrol=…` or `https://…/county#code=…`. */
  url: string,
  /** The same as a QR code: SVG text. */
  qr_svg: string,
  /** Good until, ms. */
  expires_ms: number,
};

/** `GET /api/report/annual?unit=&year=`. */
export type AnnualReport = {
  /** Exact figures by formula id: `T01.person_times`. */
  figures: Record<string, number>,
  /** Sentences as they would be printed. */
  sentences: Array<Sentence>,
  /** What the reader must know: open doubles, differences. */
  remarks: Array<Sentence>,
};

/** A sentence of the report. */
export type Sentence = {
  /** `T01`. */
  id: string,
  /** Chinese text. */
  text: string,
};

/** `GET|POST /api/county/records`; an empty text asks for everything. `text` is taken by POST alone, since names stand
 * in no address. */
export type RecordQuery = {
  /** Name of the register. */
  register: string,
  /** 6, 9 or 12 digits. */
  unit: string,
  /** First day. */
  from: string,
  /** Last day. */
  to: string,
  /** A value of `x-state`; or `counted`, `void`, `invalid`, `matter`. */
  state: string,
  /** Id of the step that waits. */
  step: string,
  /** A value of the field that `x-start` names. */
  kind: string,
  /** Part of a title or of somebody's name. */
  text: string,
  /** Shows sensitive columns as well; that is written down. */
  sensitive: boolean,
  /** `received`: what the county had last comes first; else the newest day. */
  order: string,
  /** Rows to skip. */
  offset: number,
  /** Rows to show; 50 by default, at most 500. */
  limit: number,
};

/** The answer. */
export type RecordPage = {
  /** The rows of this page. */
  rows: Array<RecordRow>,
  /** Rows that match in all. */
  matching: number,
  /** The register's measures over all that match, by their names. */
  figures: Record<string, number>,
  /** Server's time of this answer. */
  as_of_ms: number,
};

/** `GET /api/county/records/{record_id}`: one record with everything that happened to it. */
export type RecordDetail = {
  /** The row. */
  row: RecordRow,
  /** All fields as they stand, by name. */
  fields: Record<string, unknown>,
  /** Oldest first. */
  history: Array<HistoryEvent>,
  /** Matters that concern it, open and settled. */
  matters: Array<Matter>,
  /** Heads of the document as shown, hexadecimal: sent back with an edit. */
  heads: Array<string>,
};

/** `POST /api/county/records/{record_id}`: a correction, a void (`void_reason`), a step, an answer. Answer: the record as
 * it then stands. */
export type RecordEdit = {
  /** Fields to write, each whole; null empties one. */
  fields: Record<string, unknown>,
  /** The heads that the clerk was shown. */
  heads: Array<string>,
  /** Why; 1 to 200 characters. */
  note: string,
};

/** `POST /api/county/export`: a table as CSV, names masked. */
export type ExportRequest = {
  /** Name of the register. */
  register: string,
  /** 6, 9 or 12 digits; empty for the whole county. */
  unit: string,
  /** First day; empty for none. */
  from: string,
  /** Last day; empty for none. */
  to: string,
  /** What it is needed for; 2 to 200 characters. It is written down. */
  reason: string,
};

/** `GET /api/county/registers`: one register, and the answer to an upload. */
export type RegisterInfo = {
  /** Its name. */
  name: string,
  /** Version of the file. */
  version: number,
  /** The county uploaded it or extended it. */
  own: boolean,
  /** The whole file, with what extends it. */
  source: Record<string, unknown>,
};

/** `POST /api/county/registers`, refused with 422: everything that is wrong with the file. */
export type RegisterRefused = {
  /** In short: code `register_faults`. */
  failure: Failure,
  /** Each fault. */
  faults: Array<RegisterFault>,
};

/** `PUT /api/county/lists/{id}`: a new version of a list. Answer: the list with all versions. */
export type ListEdit = {
  /** First day on which it is in force. */
  valid_from: string,
  /** All its items. */
  items: Array<ListItem>,
};

/** Any answer that is not a success. */
export type Failure = {
  /** See `PROTOCOL.md`, "Errors". */
  error: FailureText,
};

/** What, where, what to do. */
export type FailureText = {
  /** Stable code. */
  code: string,
  /** For people, Chinese. */
  zh: string,
  /** For people, English. */
  en: string,
  /** The field, unit or id it is about. */
  about: string,
};

/** A unit with its days: `GET /api/county/tree`. */
export type UnitDays = {
  /** 6, 9 or 12 digits. */
  unit: string,
  /** 石门村. */
  name: string,
  /** First day; none: always. */
  valid_from: string | null,
  /** Last day; none: still there. */
  valid_to: string | null,
  /** What it was merged into. */
  replaced_by: string | null,
};

/** `POST /api/county/tree?apply=…` with a CSV file as body: what it says and what it changes. */
export type TreeCheck = {
  /** Lines read, the heading not counted. */
  lines: number,
  /** New units. */
  added: Array<UnitDays>,
  /** Units with another name, other days or another successor than before. */
  changed: Array<UnitDays>,
  /** What is wrong, by line. With any of them nothing is taken. */
  faults: Array<LineFault>,
  /** Whether the tree is in force now. */
  applied: boolean,
};

/** What is wrong with one line of a file. */
export type LineFault = {
  /** Sheet of the workbook; empty where only one was read. */
  sheet: string,
  /** As the spreadsheet program counts them, from 1. */
  line: number,
  /** Heading of the column; empty for the whole line. */
  column: string,
  /** What stands there, cut to 40 characters; never an identity number. */
  value: string,
  /** Stable code. */
  code: string,
  /** What to do, in Chinese. */
  zh: string,
  /** The same in English. */
  en: string,
  /** The line is taken all the same. */
  warning: boolean,
};

/** What a list is of. */
export type ImportKind = "roster" | "recruits" | "returnees" | "merits";

/** A column's meaning. */
export type ColumnMeaning = "name" | "identity_number" | "village_code" | "village_name" | "township_name" | "group" | "household" | "category" | "relative" | "relation" | "batch" | "died_on" | "honour" | "award_year" | "notice_serial" | "received_on" | "not_read";

/** `POST /api/county/imports?kind=…&name=…` with the file as body; `GET /api/county/imports/{id}` later. */
export type ImportShown = {
  /** Stable id. */
  id: string,
  /** What it is a list of. */
  kind: ImportKind,
  /** The file's name. */
  file_name: string,
  /** Who brought it. */
  by: string,
  /** When, ms. */
  at_ms: number,
  /** `read`, `working`, `checked`, `applied`, `undone`, `failed`. */
  state: string,
  /** Lines done of the work that goes on. */
  done: number,
  /** Lines of the file below its heading. */
  lines: number,
  /** The headings, in the order of the file. */
  headings: Array<string>,
  /** The first lines, each as long as `headings`; identity numbers are masked. */
  sample: Array<Array<string>>,
  /** Meaning by heading: what was used last for such headings, or guessed. */
  mapping: { [key in string]: ColumnMeaning },
  /** What taking it would change; once it was checked. */
  check: ImportCheck | null,
  /** Why it failed. */
  failure: LineFault | null,
};

/** What taking a list would change, or has changed. */
export type ImportCheck = {
  /** People who are new. */
  added: number,
  /** People in whom the file changes something. */
  changed: number,
  /** People of the last import who are not in this file. */
  removed: number,
  /** People as they were. */
  unchanged: number,
  /** Later corrections that the file does not contradict: kept. */
  corrections_kept: number,
  /** Values that were corrected here and are different again in the file: a person decides. */
  clashes: number,
  /** Lines that cannot be taken. */
  refused: number,
  /** Lines taken with a warning. */
  warned: number,
  /** Faults and warnings there are in all; a line may have several. */
  said: number,
  /** The first of the differences, clashes first, then removals. */
  differences: Array<ImportDifference>,
  /** The first of the faults, and the first of the warnings. */
  faults: Array<LineFault>,
};

/** One person that an import changes. */
export type ImportDifference = {
  /** Internal id; of somebody new the id that they will have. */
  person_ref: string,
  /** Name as it will be. */
  name: string,
  /** Village. */
  unit: string,
  /** Sheet of the workbook; empty where only one was read. */
  sheet: string,
  /** Line of the sheet; none for a removal. */
  line: number | null,
  /** `added`, `changed`, `removed`, `clash`. */
  kind: string,
  /** By field: `name`, `unit`, `household`, `group`, `categories`, `relative`, `identity` (masked), `died_on`; of merit notices
   * `honour`, `award_year`, `notice_serial`, `received_on`. */
  fields: Array<ImportField>,
};

/** A field before and after. */
export type ImportField = {
  /** Which. */
  field: string,
  /** In the last import; none if there was none. */
  last: string | null,
  /** As it stands here now. */
  now: string,
  /** In the file. */
  file: string,
};

/** `POST /api/county/imports/{id}/check` and `…/apply`. */
export type ImportChoice = {
  /** Meaning by heading. */
  mapping: { [key in string]: ColumnMeaning },
  /** The batch of all lines where no column says it: `2024H1`. */
  batch: string | null,
  /** Whose value wins, by `person_ref`: `file` or `here`. Without an entry a clash keeps what is here. */
  clashes: { [key in string]: string },
  /** The file wins wherever both changed something. */
  file_wins: boolean,
  /** People of the last import who are not in this file leave the roster. */
  remove_missing: boolean,
};

/** A person of the roster: one of [`PeopleFound`]. */
export type RosterShown = {
  /** Internal id. */
  person_ref: string,
  /** As written on the ID. */
  name: string,
  /** Village. */
  unit: string,
  /** Household id. */
  household: string,
  /** Group of villagers. */
  group: string,
  /** Category codes; empty unless they were asked for (sensitive). */
  categories: Array<string>,
  /** A relative. */
  relative: string,
  /** `990101********0017`; empty if none is known. */
  identity_masked: string,
  /** `YYYY-MM-DD`; none for the living. */
  died_on: string | null,
  /** Errors that villages reported and nobody has dealt with. */
  reported: number,
};

/** Whom to look for: `POST /api/county/people`. An empty text means any. */
export type PeopleQuery = {
  /** Within this unit. */
  unit: string,
  /** Part of a name. */
  search: string,
  /** Which list. */
  kind: ImportKind,
  /** Categories, too: each such question is written down. */
  sensitive: boolean,
};

/** Who of a list somebody may be that was entered by hand: `POST /api/county/people/candidates`. */
export type CandidateQuery = {
  /** Within this unit. */
  unit: string,
  /** Part of a name or of a family's contact; empty: all. */
  search: string,
  /** Which list. */
  kind: ImportKind,
};

/** Somebody of a list to match with. */
export type Candidate = {
  /** Internal id. */
  person_ref: string,
  /** Village. */
  unit: string,
  /** As written on the ID; of a batch list empty for a township, which knows the family alone. */
  name: string,
  /** The family's contact or a relative. */
  relative: string,
  /** `2024H1`; empty on the roster. */
  batch: string,
  /** Code of the honour; of a list of merit notices alone. */
  honour: string,
};

/** The first of them, by village and name. */
export type PeopleFound = {
  /** At most 200. */
  people: Array<RosterShown>,
  /** How many there are. */
  total: number,
};

/** `PUT /api/county/people/{person_ref}`: a correction at the county. What is none stays. */
export type RosterCorrection = {
  /** As written on the ID. */
  name: string | null,
  /** Village. */
  unit: string | null,
  /** Group of villagers. */
  group: string | null,
  /** A relative. */
  relative: string | null,
  /** Category codes. */
  categories: Array<string> | null,
  /** Citizen number (GB 11643) that was checked on the card; shown masked afterwards. */
  identity_number: string | null,
  /** `YYYY-MM-DD`; empty: lives. */
  died_on: string | null,
  /** Off the list: entered twice, or never entitled. `false` brings them back. */
  struck: boolean | null,
};

/** All that is said of a campaign: `GET /api/county/campaigns/{id}`, `PUT` of the same to make or change one. */
export type CampaignPlan = {
  /** What travels to phones. */
  campaign: Campaign,
  /** Whom it is for. */
  targets: CampaignTargets,
  /** The rule of leaders (乡镇班子成员慰问 2-3 户). */
  leadership: Leadership,
  /** What is set aside, fen. */
  fund_fen: number,
  /** `county`, `township`, `higher`, `donation`, `village`. */
  fund_source: string,
  /** How often it was written: to be sent back as it was read, so that nobody writes over what they have not seen. */
  revision: number,
};

/** Whom a campaign is for: everybody of a category, everybody of a list, or both together. */
export type CampaignTargets = {
  /** Package id by category code. A person of several gets the package that is worth most. */
  categories: { [key in string]: string },
  /** Package id by person: those that are on the list, whatever their category. It wins over the category. */
  people: { [key in string]: string },
  /** People who are not to be visited this time, whatever their category. */
  without: Array<string>,
};

/** How many households each leader of a township visits; zero twice: the campaign's document has no such rule. */
export type Leadership = {
  /** At least. */
  households_min: number,
  /** At most. */
  households_max: number,
};

/** What a plan would mean: `POST /api/county/campaigns/check` with a [`CampaignPlan`]. */
export type CampaignMeans = {
  /** People on the list. */
  people: number,
  /** Their households. */
  households: number,
  /** People by package id. */
  by_package: { [key in string]: number },
  /** What the packages are worth together, fen. */
  worth_fen: number,
  /** People of a priority category (11 to 42) who are not on the list, by category code. */
  unlisted: { [key in string]: number },
  /** What is wrong with the plan: stable code, sentence in Chinese, in English. */
  faults: Array<CampaignFault>,
};

/** What is wrong with a plan. */
export type CampaignFault = {
  /** Stable code. */
  code: string,
  /** Field of the plan. */
  field: string,
  /** What to do. */
  zh: string,
  /** The same in English. */
  en: string,
  /** The plan is taken all the same. */
  warning: boolean,
};

/** Somebody who is entitled but on no list: `GET /api/county/campaigns/{id}/unlisted?unit=…`. */
export type Unlisted = {
  /** Internal id. */
  person_ref: string,
  /** As written on the ID. */
  name: string,
  /** Village. */
  unit: string,
  /** Name of the village. */
  unit_name: string,
  /** Why: `not_a_category`, `left_out`. */
  why: string,
};

/** A campaign's packages as another begins with them, `POST /api/county/campaigns/{id}/copy?from=…`: the plan, not yet kept. */
export type CampaignCopy = {
  /** With fresh ids, the next year's days and no document number. */
  plan: CampaignPlan,
  /** Packages as the county's list has them by now, where that is otherwise than in the plan. */
  packages_changed: Array<Package>,
  /** People whom the plan names, as in [`CampaignShown`]. */
  names: Array<PersonListed>,
};

/** A plan as it is read, `GET /api/county/campaigns/{id}`: the plan itself, and beside it who its references are. */
export type CampaignShown = {
  /** People whom the plan names, on the list or left out, in the order of their references. */
  names: Array<PersonListed>,
  /** What travels to phones. */
  campaign: Campaign,
  /** Whom it is for. */
  targets: CampaignTargets,
  /** The rule of leaders (乡镇班子成员慰问 2-3 户). */
  leadership: Leadership,
  /** What is set aside, fen. */
  fund_fen: number,
  /** `county`, `township`, `higher`, `donation`, `village`. */
  fund_source: string,
  /** How often it was written: to be sent back as it was read, so that nobody writes over what they have not seen. */
  revision: number,
};

/** Somebody of the roster by name. */
export type PersonListed = {
  /** Internal id. */
  person_ref: string,
  /** As written on the ID. */
  name: string,
  /** Village. */
  unit: string,
};

/** Whom a list file names, `POST /api/county/campaigns/list` with the file itself. Nothing of it is kept. */
export type PeopleListed = {
  /** Lines below the titles. */
  lines: number,
  /** People of the roster whom lines mean, each once, in the order of the file. */
  people: Array<PersonListed>,
  /** Lines that mean nobody. */
  refused: number,
  /** What is wrong, those that mean nobody first; the first two hundred. */
  faults: Array<LineFault>,
};

/** A station with the people and phones that serve it: `GET /api/county/stations?unit=…`. */
export type Station = {
  /** Village or township. */
  unit: string,
  /** 石门村. */
  name: string,
  /** Its last day, of a unit that is no more: it is shown as long as somebody or something is left there. */
  last_day: string | null,
  /** What it was merged into, by code. */
  merged_into: string | null,
  /** Who serves it; empty: vacant. */
  people: Array<StationPerson>,
  /** Phones that may write here and are not withdrawn. */
  phones: Array<StationPhone>,
  /** Phones that asked to be let in and wait for somebody to compare the four digits. */
  waiting: Array<WaitingPhone>,
  /** Chunks of work kept for the county, outside of a grant. */
  held: number,
};

/** Somebody who serves a station. */
export type StationPerson = {
  /** Person id. */
  id: string,
  /** As written on the ID. */
  name: string,
  /** First day. */
  since: string,
};

/** A phone, as far as a station knows; `GET /api/county/phones` has all of them, those without a station and withdrawn
 * ones too. */
export type StationPhone = {
  /** Device id, hexadecimal. */
  id: string,
  /** Short name of the device: `7F3A`. */
  device: string,
  /** Who uses it; two where two share it. */
  people: Array<string>,
  /** Units it may write; empty once its people left. */
  units: Array<string>,
  /** Unit that it was enrolled for. */
  home: string,
  /** `retired` or `stolen`, if it was withdrawn. */
  withdrawn: string | null,
  /** When it was enrolled, ms. */
  enrolled_ms: number,
  /** Work that the phone had when it last exchanged and could not send; none if there was nothing. */
  unsent: Unsent | null,
};

/** Work that is on a phone and not yet with the county. */
export type Unsent = {
  /** Records. */
  records: number,
  /** The oldest, ms. */
  since_ms: number,
};

/** A phone that spent a code of fourteen days and waits to be approved. */
export type WaitingPhone = {
  /** Device id, hexadecimal. */
  id: string,
  /** Whom the code was for. */
  person: string,
  /** Unit of the code. */
  unit: string,
  /** Four digits that the phone shows too. */
  digits: string,
  /** Since when, ms. */
  since_ms: number,
};

/** `POST /api/county/stations/{unit}/code`: a fresh code for a phone of this station. */
export type StationCode = {
  /** Somebody who serves here already, or a neighbour who takes a second village, by id; else `name` is somebody new. */
  person_id: string | null,
  /** Name of somebody new. */
  name: string | null,
  /** Good for fourteen days, and then approved with four digits; else fifteen minutes. */
  approved_later: boolean,
};

/** `POST /api/county/stations/sheet`: fresh codes of fourteen days for all stations of a township, to be printed. */
export type SheetRequest = {
  /** Township. */
  unit: string,
};

/** One line of the sheet. */
export type SheetLine = {
  /** Village. */
  unit: string,
  /** 石门村. */
  name: string,
  /** Whom the code is for; empty for a vacant station, which has no code. */
  person: string,
  /** The code's link, as text and as a picture; none for a vacant station. */
  link: Link | null,
};

/** `POST /api/county/stations/{unit}/handover`: from one person to another. Answer: the newcomer's code. */
export type Handover = {
  /** Who leaves, by person id; none for a vacant station. */
  from: string | null,
  /** Name of who comes; with neither this nor `to_person` the station stays vacant. */
  to: string | null,
  /** Somebody who serves elsewhere and comes, by person id. */
  to_person?: string,
  /** As of [`StationCode`]. */
  approved_later: boolean,
};

/** What a hand-over has done. */
export type HandedOver = {
  /** For the newcomer's phone; none where nobody comes. */
  link: Link | null,
  /** Phones that may not write here any more; what they still have is held. */
  phones: Array<string>,
};

/** `POST /api/county/phones/{id}/withdraw`. */
export type Withdrawal = {
  /** `retired`: it hands over what it has and then wipes itself; `stolen`: it wipes itself at once. */
  reason: string,
};

/** `POST /api/county/phones/{id}/approve`, with the digits that the phone shows. */
export type Approval = {
  /** Four digits. */
  digits: string,
};

/** Work that came from outside a grant and is kept: `GET /api/county/held?unit=…`. */
export type HeldWork = {
  /** Id of the matter. */
  id: string,
  /** Where it was written for. */
  unit: string,
  /** Name of that unit. */
  unit_name: string,
  /** Who wrote it; several of a shared phone with 、 between them. */
  person: string,
  /** From which device. */
  device: string,
  /** The writer's clock, ms. */
  written_ms: number,
  /** When it came, ms. */
  received_ms: number,
  /** The records in it, as they would stand. */
  records: Array<HeldRecord>,
};

/** One record of held work. */
export type HeldRecord = {
  /** Record id. */
  id: string,
  /** Its register. */
  register: string,
  /** Title of its row. */
  title: string,
  /** Its day, if it has one. */
  date: string,
  /** The record stands at the county already and this changes it. */
  is_change: boolean,
  /** It was accepted by itself before. */
  accepted: boolean,
};

/** `POST /api/county/held/{id}/accept`. */
export type Acceptance = {
  /** Only these; none: as a whole. */
  records: Array<string> | null,
  /** Why; at most 200 characters. */
  note: string,
};

/** `POST /api/county/held/{id}/decline` and `…/reopen`. Answer, as of an acceptance: the matter as it then stands. */
export type HeldNote = {
  /** Why; at most 200 characters. */
  note: string,
};

// Limits of the exchange.
export const REQUEST_BYTES_MAX = 1048576;
export const CHUNK_BYTES_MAX = 262144;
export const CHUNKS_PER_ENVELOPE_MAX = 64;
export const ENVELOPES_PER_REQUEST_MAX = 256;
export const CURSORS_PER_REQUEST_MAX = 2048;
export const WANTS_PER_REQUEST_MAX = 16;
export const CHANGES_PER_CHUNK_MAX = 200;
export const OPERATIONS_PER_DOCUMENT_MAX = 50000;
export const NESTING_MAX = 8;
export const FIELD_BYTES_MAX = 8192;
