//! Routers as REST and the API would give them.

use multi_isp::routeros::router::{Router, Row};
use multi_isp::routeros::schema;
use multi_isp::routeros::version::Version;
use serde_json::{Map, Value as Json, json};

/// The same router, read over what its version has: RouterOS 6 has no REST.
pub fn read(router: &Router) -> Router {
    if router.version() < Some(Version::new(7, 1, 0)) {
        over_api(router)
    } else {
        over_rest(router)
    }
}

/// The same router, read over REST.
pub fn over_rest(router: &Router) -> Router {
    let mut document = Map::new();
    for menu in router.menus() {
        let rows = router.table(menu).iter().map(|row| {
            let text = |value: Vec<u8>| json!(String::from_utf8(value).unwrap());
            let fields = fields(menu, row).into_iter();
            fields
                .map(|(name, value)| (name, text(value)))
                .collect::<Map<String, Json>>()
        });
        let mut rows: Vec<Json> = rows.map(Json::Object).collect();
        let rows = if is_single(menu) {
            rows.remove(0)
        } else {
            Json::Array(rows)
        };
        document.insert(menu.to_owned(), rows);
    }
    let document = Json::Object(document).to_string();
    checked(
        router,
        Router::from_rest(document.as_bytes(), router.version()).unwrap(),
    )
}

/// The same router, read over the API.
pub fn over_api(router: &Router) -> Router {
    let sentence = |menu: &str, row: &Row| {
        let fields = fields(menu, row).into_iter();
        let words = fields.map(|(name, value)| [b"=", name.as_bytes(), b"=", &value].concat());
        [b"!re".to_vec()].into_iter().chain(words).collect()
    };
    let reply = |menu: &'_ str| -> Vec<Vec<Vec<u8>>> {
        let rows = router.table(menu).iter().map(|row| sentence(menu, row));
        rows.chain([vec![b"!done".to_vec()]]).collect()
    };
    let replies: Vec<(&str, _)> = router.menus().map(|menu| (menu, reply(menu))).collect();
    checked(router, Router::from_api(&replies, router.version()).unwrap())
}

/// What a router tells of a row: its id, what is set, what is live; a bridge has a MAC address.
fn fields(menu: &str, row: &Row) -> Vec<(String, Vec<u8>)> {
    let id = (!is_single(menu)).then(|| (".id".to_owned(), row.id().to_string().into_bytes()));
    let known = row.iter().chain(row.live_values());
    let known = known.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec()));
    let mut fields: Vec<_> = id.into_iter().chain(known).collect();
    if menu == "/interface/bridge" && fields.iter().all(|(name, _)| name != "mac-address") {
        fields.push(("mac-address".to_owned(), b"02:00:00:00:00:FE".to_vec()));
    }
    fields
}

fn is_single(menu: &str) -> bool {
    schema::menu(menu).is_some_and(|menu| menu.single())
}

fn checked(router: &Router, read: Router) -> Router {
    assert_eq!(router.diff(&read), []);
    assert!(read.ids_known());
    read
}
