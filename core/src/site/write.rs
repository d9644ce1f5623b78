//! Site -> JSON document.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Write;
use core::net::Ipv4Addr;

use serde::ser::{Error, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::draft::default_label;
use super::{Access, Apn, Line, Mbps, Secret, Site, Text, Webhook};

pub(super) fn site(site: &Site) -> String {
    // Only a map with keys that are no text, or a writer that fails, could make this an error: there is neither.
    serde_json::to_string(site).unwrap_or_default()
}

impl Serialize for Site {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let lines = self.lines().iter().enumerate();
        SiteDocument {
            schema: Self::SCHEMA,
            mode: self.mode().as_str(),
            lines: lines
                .map(|(position, line)| LineDocument::new(self, position, line))
                .collect(),
            health: self.health().as_str(),
            lan: self.lan().named(),
            management: self.management().iter().map(ToString::to_string).collect(),
            dns: self.dns().named(),
            classifier: self.classifier().as_str(),
            max_buckets: self.max_buckets(),
            spread: self.spread().as_str(),
            replies: self.replies(),
            stale_connections: self.stale_connections().as_str(),
            webhook: self.webhook(),
        }
        .serialize(serializer)
    }
}

#[derive(Serialize)]
struct SiteDocument<'a> {
    schema: &'a str,
    mode: &'a str,
    lines: Vec<LineDocument<'a>>,
    health: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lan: Option<&'a [Text]>,
    management: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dns: Option<&'a [Ipv4Addr]>,
    classifier: &'a str,
    max_buckets: u32,
    spread: &'a str,
    replies: bool,
    stale_connections: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook: Option<&'a Webhook>,
}

/// What a line has by its position or by its site is left out: the line goes on having it when they change
#[derive(Serialize)]
struct LineDocument<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a Text>,
    interface: &'a Text,
    access: &'a Access,
    mbps: Mbps,
    metered: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    health: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probes: Option<&'a [Ipv4Addr]>,
}

impl<'a> LineDocument<'a> {
    fn new(site: &Site, position: usize, line: &'a Line) -> Self {
        Self {
            id: line.id().as_str(),
            label: Some(line.label()).filter(|label| **label != default_label(position)),
            interface: line.interface(),
            access: line.access(),
            mbps: line.mbps(),
            metered: line.metered(),
            health: Some(line.health())
                .filter(|&health| health != site.health())
                .map(|health| health.as_str()),
            probes: line.probes(),
        }
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(text) = self.as_str() {
            return serializer.serialize_str(text);
        }
        let mut hex = String::new();
        for byte in self.as_bytes() {
            write!(hex, "{byte:02X}").map_err(S::Error::custom)?;
        }
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("hex", &hex)?;
        map.end()
    }
}

impl Serialize for Mbps {
    /// A JSON number with its exact decimals, which no float type would promise
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.to_string())
            .map_err(S::Error::custom)?
            .serialize(serializer)
    }
}

impl Serialize for Access {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.as_str())?;
        match self {
            Self::Static { address, gateway } => {
                map.serialize_entry("address", &address.to_string())?;
                map.serialize_entry("gateway", gateway)?;
            }
            Self::Pppoe(Some(dial)) => {
                map.serialize_entry("port", &dial.port)?;
                map.serialize_entry("user", &dial.user)?;
                optional(&mut map, "password", dial.password.as_ref().map(Secret::expose))?;
                optional(&mut map, "service", dial.service.as_ref())?;
            }
            Self::Lte(Some(own)) => apn(&mut map, own)?,
            Self::Ppp(Some(modem)) => {
                map.serialize_entry("port", &modem.port)?;
                apn(&mut map, &modem.apn)?;
                optional(&mut map, "pin", modem.pin.as_ref().map(Secret::expose))?;
                optional(&mut map, "phone", modem.phone.as_ref())?;
                optional(&mut map, "data_channel", modem.data_channel)?;
                optional(&mut map, "info_channel", modem.info_channel)?;
            }
            Self::Dhcp | Self::Pppoe(None) | Self::Lte(None) | Self::Ppp(None) | Self::Tunnel => {}
        }
        map.end()
    }
}

impl Serialize for Webhook {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        optional(&mut map, "url", self.url.as_ref().map(Secret::expose))?;
        map.serialize_entry("interval", &self.interval.as_secs())?;
        map.end()
    }
}

fn apn<M: SerializeMap>(map: &mut M, apn: &Apn) -> Result<(), M::Error> {
    map.serialize_entry("apn", &apn.name)?;
    optional(map, "user", apn.user.as_ref())?;
    optional(map, "password", apn.password.as_ref().map(Secret::expose))
}

fn optional<M: SerializeMap>(map: &mut M, name: &str, value: Option<impl Serialize>) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| map.serialize_entry(name, &value))
}
