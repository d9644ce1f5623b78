//! Routers as REST would give them.

use multi_isp::routeros::router::Router;
use multi_isp::routeros::schema;
use serde_json::{Map, Value as Json, json};

/// The same router, read over REST: rows have ids, bridges tell their MAC address.
pub fn over_rest(router: &Router) -> Router {
    let mut document = Map::new();
    for menu in router.menus() {
        let rows = router.table(menu).iter().map(|row| {
            let mut fields = Map::new();
            for (name, value) in row.iter().chain(row.live_values()) {
                let text = String::from_utf8(value.as_bytes().to_vec()).unwrap();
                fields.insert(name.to_owned(), json!(text));
            }
            if menu == "/interface/bridge" {
                fields
                    .entry("mac-address")
                    .or_insert_with(|| json!("02:00:00:00:00:FE"));
            }
            fields
        });
        let is_single = schema::menu(menu).is_some_and(|menu| menu.single());
        let rows: Json = if is_single {
            rows.take(1).collect::<Vec<_>>().remove(0).into()
        } else {
            let ids = router.table(menu).iter().map(|row| row.id());
            let with_id = |(mut fields, id): (Map<String, Json>, _)| {
                fields.insert(".id".into(), json!(format!("{id}")));
                fields
            };
            rows.zip(ids).map(with_id).collect()
        };
        document.insert(menu.to_owned(), rows);
    }
    let read = Router::from_rest(Json::Object(document).to_string().as_bytes(), router.version());
    let read = read.unwrap_or_else(|error| panic!("{}", error.render()));
    assert_eq!(router.diff(&read), []);
    assert!(read.ids_known());
    read
}
