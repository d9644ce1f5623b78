//! `cargo xtask types`: the JSON Schemas of core → the values of Python, TypeScript, Kotlin and Swift.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use self::json::Json;
use self::model::Model;

mod json;
mod model;
mod python;
mod records;
mod typescript;
mod words;

/// A file that is made of all types.
type Target = (&'static str, fn(&Model) -> String);

const TARGETS: &[Target] = &[
    ("bindings-python/python/multi_isp/_types.py", python::print),
    ("bindings-node/types.d.ts", typescript::print),
    ("bindings-mobile/src/records.rs", records::print),
];

/// Writes the types anew; with `--check` only says whether they would change.
pub fn run(arguments: &[String]) -> ExitCode {
    let check = arguments.iter().any(|argument| argument == "--check");
    let root = crate::root();
    match Model::of_folder(&root.join("core/src")).and_then(|model| write(&model, &root, check)) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) if !check => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(fault) => {
            eprintln!("error: {fault}");
            ExitCode::FAILURE
        }
    }
}

/// How many files changed, or would.
fn write(model: &Model, root: &Path, check: bool) -> Result<usize, String> {
    let mut changed = 0;
    for (file, print) in TARGETS {
        let path = root.join(file);
        let text = print(model);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            continue;
        }
        changed += 1;
        println!("{}{file}", if check { "out of date: " } else { "wrote " });
        if !check {
            fs::write(&path, text).map_err(|error| format!("`{file}` cannot be written: {error}"))?;
        }
    }
    Ok(changed)
}

impl Model {
    fn of_folder(folder: &Path) -> Result<Model, String> {
        let mut files = Vec::new();
        find(folder, &mut files)?;
        files.sort();
        let schemas: Result<Vec<(String, Json)>, String> = files.iter().map(|file| read(file)).collect();
        Model::of(&schemas?)
    }
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let fault = |error: std::io::Error| format!("`{}`: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        if path.is_dir() {
            find(&path, files)?;
        } else if path.to_string_lossy().ends_with(".schema.json") {
            files.push(path);
        }
    }
    Ok(())
}

fn read(file: &Path) -> Result<(String, Json), String> {
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let fault = |error: &dyn std::fmt::Display| format!("{name}: {error}");
    let text = fs::read_to_string(file).map_err(|error| fault(&error))?;
    let json = serde_json::from_str(&text).map_err(|error| fault(&error))?;
    Ok((name, json))
}
