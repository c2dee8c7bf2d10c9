//! The TypeScript that the web app shares with the server, generated from the Rust types.
//!
//! Always true: `pwa/src/shared/generated.ts` is exactly what [`typescript`] returns (a test compares them), 64-bit
//! integers are `number` (all of ours stay below 2^53) and byte strings are `Uint8Array`. Deliberately not here: the
//! bytes of the exchange; the web app writes and reads them itself, proved by `tests/vectors/`.

use std::path::PathBuf;
use ts_rs::{Config, TS};
use zoufang_server::county::view;
use zoufang_sync_protocol::{enrol, envelope, exchange, limits, register, roster};

const HEADER: &str = "\
// Types and limits that phone, workbench and server share. Generated from the Rust types; never edited by hand:
// `cargo run -p zoufang-tests --bin generate-types` writes this file and a test fails while it is stale.
//
// Always true: 64-bit integers are numbers (all of ours stay below 2^53), byte strings are Uint8Array.
// Deliberately not here: reading and writing of bytes.
";

/// Where the generated file stands.
pub fn path() -> PathBuf {
    crate::repository().join("pwa/src/shared/generated.ts")
}

/// The whole file.
pub fn typescript() -> String {
    let mut file = File { text: HEADER.to_owned(), config: Config::new().with_large_int("number") };
    file.section("The exchange: arrays in CBOR, here with names.");
    wire_types(&mut file);
    file.section("Enrolment, as JSON.");
    file.add::<enrol::EnrolRequest>();
    file.add::<enrol::EnrolAnswer>();
    file.add::<enrol::EnrolGrants>();
    file.add::<enrol::EnrolWaiting>();
    file.section("Tables that travel in `tables/…` feeds, as JSON.");
    table_types(&mut file);
    file.section("What the county workbench is shown, as JSON.");
    view_types(&mut file);
    file.section("Limits of the exchange.");
    limits(&mut file);
    file.text
}

struct File {
    text: String,
    config: Config,
}

impl File {
    fn section(&mut self, title: &str) {
        self.text.push_str(&format!("\n// {title}\n"));
    }

    fn add<T: TS>(&mut self) {
        self.text.push('\n');
        let declared = format!("{}export {}\n", T::docs().unwrap_or_default(), T::decl(&self.config));
        self.text.push_str(&laid_out(&declared));
    }

    fn limit(&mut self, name: &str, value: usize) {
        self.text.push_str(&format!("export const {name} = {value};\n"));
    }
}

/// One line a comment, one line a field, fields indented: so that a difference reads well.
fn laid_out(declared: &str) -> String {
    let joined = declared
        .replace("/**\n * ", "/** ")
        .replace("\n */", " */")
        .replace(", };", ",\n};")
        .replace("= { \"kind", "= {\n\"kind");
    let mut text = String::new();
    let mut inside = false;
    for line in joined.lines() {
        inside &= !line.starts_with('}');
        let indent = if inside && !line.is_empty() { "  " } else { "" };
        text.push_str(&format!("{indent}{}\n", line.trim_end()));
        inside |= line.trim_end().ends_with('{');
    }
    text
}

fn wire_types(file: &mut File) {
    file.add::<exchange::Cursor>();
    file.add::<exchange::RequestBody>();
    file.add::<exchange::Left>();
    file.add::<exchange::Signed>();
    file.add::<exchange::AnswerBody>();
    file.add::<exchange::Refusal>();
    file.add::<exchange::Notice>();
    file.add::<exchange::FeedAnswer>();
    file.add::<exchange::Entry>();
    file.add::<exchange::Grants>();
    file.add::<exchange::DevicePerson>();
    file.add::<exchange::Grant>();
    file.add::<envelope::EnvelopeBody>();
    file.add::<envelope::Chunk>();
}

fn table_types(file: &mut File) {
    file.add::<roster::CountyTable>();
    file.add::<roster::Label>();
    file.add::<roster::CountyList>();
    file.add::<roster::ListVersion>();
    file.add::<roster::ListItem>();
    file.add::<roster::BatchPerson>();
    file.add::<zoufang_sync_protocol::register::RegisterFault>();
    file.add::<roster::CampaignTable>();
    file.add::<roster::Campaign>();
    file.add::<roster::Package>();
    file.add::<roster::PackageGoods>();
    file.add::<roster::VillageTable>();
    file.add::<roster::StaffMember>();
    file.add::<roster::Household>();
    file.add::<roster::RosterPerson>();
    file.add::<roster::Target>();
}

fn view_types(file: &mut File) {
    file.add::<view::SignIn>();
    file.add::<view::Session>();
    file.add::<view::SetupState>();
    file.add::<view::Founding>();
    file.add::<view::UnitName>();
    file.add::<view::VisitPage>();
    file.add::<view::Totals>();
    file.add::<register::odd::OddField>();
    file.add::<view::VisitRow>();
    file.add::<view::RecordRow>();
    file.add::<view::VisitDetail>();
    file.add::<view::HistoryEvent>();
    file.add::<view::FieldChange>();
    file.add::<view::MatterKind>();
    file.add::<view::Matter>();
    file.add::<view::MatterValue>();
    file.add::<view::SettledMatter>();
    file.add::<view::Settlement>();
    file.add::<view::Overview>();
    file.add::<view::CampaignState>();
    file.add::<view::Waiting>();
    file.add::<view::Coverage>();
    file.add::<view::Pending>();
    file.add::<view::LinkRequest>();
    file.add::<view::Link>();
    file.add::<view::AnnualReport>();
    file.add::<view::Sentence>();
    file.add::<view::RecordQuery>();
    file.add::<view::RecordPage>();
    file.add::<view::RecordDetail>();
    file.add::<view::RecordEdit>();
    file.add::<view::ExportRequest>();
    file.add::<view::RegisterInfo>();
    file.add::<view::RegisterRefused>();
    file.add::<view::ListEdit>();
    file.add::<view::Failure>();
    file.add::<view::FailureText>();
    office_types(file);
}

/// What the county brings in and decides: units, rosters, campaigns, people.
fn office_types(file: &mut File) {
    file.add::<view::UnitDays>();
    file.add::<view::TreeCheck>();
    file.add::<view::LineFault>();
    file.add::<view::ImportKind>();
    file.add::<view::ColumnMeaning>();
    file.add::<view::ImportShown>();
    file.add::<view::ImportCheck>();
    file.add::<view::ImportDifference>();
    file.add::<view::ImportField>();
    file.add::<view::ImportChoice>();
    file.add::<view::RosterShown>();
    file.add::<view::PeopleQuery>();
    file.add::<view::CandidateQuery>();
    file.add::<view::Candidate>();
    file.add::<view::PeopleFound>();
    file.add::<view::RosterCorrection>();
    file.add::<view::CampaignPlan>();
    file.add::<view::CampaignTargets>();
    file.add::<view::Leadership>();
    file.add::<view::CampaignMeans>();
    file.add::<view::CampaignFault>();
    file.add::<view::Unlisted>();
    file.add::<view::CampaignCopy>();
    file.add::<view::CampaignShown>();
    file.add::<view::PersonListed>();
    file.add::<view::PeopleListed>();
    file.add::<view::Station>();
    file.add::<view::StationPerson>();
    file.add::<view::StationPhone>();
    file.add::<view::Unsent>();
    file.add::<view::WaitingPhone>();
    file.add::<view::StationCode>();
    file.add::<view::SheetRequest>();
    file.add::<view::SheetLine>();
    file.add::<view::Handover>();
    file.add::<view::HandedOver>();
    file.add::<view::Withdrawal>();
    file.add::<view::Approval>();
    file.add::<view::HeldWork>();
    file.add::<view::HeldRecord>();
    file.add::<view::Acceptance>();
    file.add::<view::HeldNote>();
}

fn limits(file: &mut File) {
    file.limit("REQUEST_BYTES_MAX", limits::REQUEST_BYTES_MAX);
    file.limit("CHUNK_BYTES_MAX", limits::CHUNK_BYTES_MAX);
    file.limit("CHUNKS_PER_ENVELOPE_MAX", limits::CHUNKS_PER_ENVELOPE_MAX);
    file.limit("ENVELOPES_PER_REQUEST_MAX", limits::ENVELOPES_PER_REQUEST_MAX);
    file.limit("CURSORS_PER_REQUEST_MAX", limits::CURSORS_PER_REQUEST_MAX);
    file.limit("WANTS_PER_REQUEST_MAX", limits::WANTS_PER_REQUEST_MAX);
    file.limit("CHANGES_PER_CHUNK_MAX", limits::CHANGES_PER_CHUNK_MAX);
    file.limit("OPERATIONS_PER_DOCUMENT_MAX", limits::OPERATIONS_PER_DOCUMENT_MAX);
    file.limit("NESTING_MAX", limits::NESTING_MAX);
    file.limit("FIELD_BYTES_MAX", limits::FIELD_BYTES_MAX);
}
