//! Where people reach this server: decides every link and QR code.

use qrcode::QrCode;
use qrcode::render::svg;

/// The public address, without a slash at its end.
#[derive(Debug, Clone)]
pub struct Site(pub String);

impl Site {
    /// A site at `url`.
    pub fn new(url: &str) -> Self {
        Self(url.trim_end_matches('/').to_owned())
    }

    /// Opens the phone app; the code stands in the fragment, which is sent to nobody.
    pub fn phone_link(&self, code: &str) -> String {
        format!("{}/#enrol={code}", self.0)
    }

    /// Opens the workbench.
    pub fn staff_link(&self, code: &str) -> String {
        format!("{}/county#code={code}", self.0)
    }

    /// Opens the page that makes the county.
    pub fn setup_link(&self, code: &str) -> String {
        format!("{}/county#setup={code}", self.0)
    }

    /// Whether phones can keep the app: they need a secure origin (W3C Secure Contexts).
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// A QR code as SVG text; empty if the text is too long for one.
    pub fn qr_svg(text: &str) -> String {
        QrCode::new(text).map(|code| code.render::<svg::Color>().min_dimensions(240, 240).build()).unwrap_or_default()
    }

    /// A QR code for a terminal.
    pub fn qr_text(text: &str) -> String {
        use qrcode::render::unicode::Dense1x2;
        let dark_on_light =
            |code: QrCode| code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build();
        QrCode::new(text).map(dark_on_light).unwrap_or_default()
    }
}
