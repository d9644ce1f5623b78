//! One router in every form that it can be read from: as REST JSON, as API sentences, as `print detail` and as `print terse`.
//!
//! All of them are made by hand after ROUTEROS §3.3 and §3.4, one of RouterOS 6.49.10 and one of 7.18.2.

use multi_isp::routeros::router::Router;
use serde_json::Value as Json;

/// A router in each form; every form tells the same.
#[derive(Clone, Copy, Debug)]
pub struct Forms {
    /// What `GET /rest/<menu>` gives, as one object. RouterOS 6 has no REST: the same values, which its API gives.
    pub rest: &'static str,
    /// The outputs of `<menu>/print detail`, each below its menu.
    pub detail: &'static str,
    /// The outputs of `<menu>/print terse`.
    pub terse: &'static str,
}

/// RouterOS 6.49.10.
pub const SIX: Forms = Forms {
    rest: include_str!("six.json"),
    detail: include_str!("six-detail.txt"),
    terse: include_str!("six-terse.txt"),
};

/// RouterOS 7.18.2.
pub const SEVEN: Forms = Forms {
    rest: include_str!("seven.json"),
    detail: include_str!("seven-detail.txt"),
    terse: include_str!("seven-terse.txt"),
};

/// The sentences of the API of one menu, each as its words.
pub type Sentences = Vec<Vec<String>>;

impl Forms {
    pub fn read_rest(&self) -> Router {
        Router::from_rest(self.rest.as_bytes(), None).unwrap()
    }

    pub fn read_api(&self) -> Router {
        let replies = self.sentences();
        let replies: Vec<(&str, Sentences)> = replies
            .iter()
            .map(|(menu, it)| (menu.as_str(), it.clone()))
            .collect();
        Router::from_api(&replies, None).unwrap()
    }

    pub fn read_detail(&self) -> Router {
        read(&outputs(self.detail))
    }

    pub fn read_terse(&self) -> Router {
        read(&outputs(self.terse))
    }

    /// What the API gives: the same names and values, `!done` last.
    pub fn sentences(&self) -> Vec<(String, Sentences)> {
        let menus: serde_json::Map<String, Json> = serde_json::from_str(self.rest).unwrap();
        let sentence = |row: &Json| {
            let fields = row.as_object().unwrap().iter();
            let words = fields.map(|(name, value)| format!("={name}={}", value.as_str().unwrap()));
            ["!re".to_owned()].into_iter().chain(words).collect()
        };
        let of_menu = |rows: &Json| {
            let rows: &[Json] = rows.as_array().map_or(std::slice::from_ref(rows), |rows| rows);
            let done = vec!["!done".to_owned()];
            rows.iter().map(sentence).chain([done]).collect()
        };
        menus
            .iter()
            .map(|(menu, rows)| (menu.clone(), of_menu(rows)))
            .collect()
    }
}

/// The menus of a text in which each output stands below `=== <menu>`.
pub fn outputs(text: &str) -> Vec<(&str, &str)> {
    let sections = text.split("=== ").skip(1);
    sections
        .map(|section| section.split_once('\n').unwrap())
        .collect()
}

/// The router of which these are the outputs.
#[track_caller]
pub fn read(outputs: &[(&str, &str)]) -> Router {
    Router::from_print(outputs, None).unwrap_or_else(|error| panic!("{}", error.render()))
}
