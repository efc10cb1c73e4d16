//! Shows every page with its samples: `cargo run -p mailkeep-web --example gallery`, then open the address it prints.
//!
//! Templates, texts and style are read from the crate's folder on each request, so an edit shows at once.

use std::path::Path;

use axum::Router;
use axum::extract::Path as PathParam;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use mailkeep_web::chrome::Chrome;
use mailkeep_web::pages;
use mailkeep_web::render::Renderer;
use mailkeep_web::security::content_security_policy;

const FOLDER: &str = env!("CARGO_MANIFEST_DIR");

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new()
        .route("/", get(index))
        .route("/assets/{*name}", get(asset))
        .route("/sample/{index}/{*template}", get(sample));
    let port = std::env::args().nth(1).unwrap_or_else(|| "8899".to_owned());
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    println!("http://{}/", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

async fn index() -> Response {
    let renderer = match Renderer::live(Path::new(FOLDER)) {
        Ok(renderer) => renderer,
        Err(error) => return (StatusCode::INTERNAL_SERVER_ERROR, error).into_response(),
    };
    let mut list = String::from("<!doctype html><title>Gallery</title><ul>");
    for entry in pages::all() {
        for sample in entry.samples(&renderer, &Chrome::sample(entry.template)) {
            let trouble = sample.html.err().map(|error| format!(" <b>{error}</b>")).unwrap_or_default();
            let (index, template) = (sample.index, sample.template);
            list.push_str(&format!(
                "<li><a href=\"/sample/{index}/{template}\">{template} {index}</a>{trouble}</li>"
            ));
        }
    }
    Html(list).into_response()
}

async fn sample(PathParam((index, template)): PathParam<(usize, String)>) -> Response {
    let renderer = match Renderer::live(Path::new(FOLDER)) {
        Ok(renderer) => renderer,
        Err(error) => return (StatusCode::INTERNAL_SERVER_ERROR, error).into_response(),
    };
    let found = pages::all()
        .iter()
        .filter(|entry| entry.template == template)
        .flat_map(|entry| entry.samples(&renderer, &Chrome::sample(entry.template)))
        .find(|sample| sample.index == index);
    match found.map(|sample| sample.html) {
        Some(Ok(html)) => {
            let policy = content_security_policy(&[]);
            ([(header::CONTENT_SECURITY_POLICY, policy)], Html(html)).into_response()
        }
        Some(Err(error)) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Serves an asset from the folder under whatever hash the page names.
async fn asset(PathParam(name): PathParam<String>) -> Response {
    let assets = Path::new(FOLDER).join("assets");
    let parts: Vec<&str> = name.split('.').collect();
    let [stem, .., extension] = parts.as_slice() else { return StatusCode::NOT_FOUND.into_response() };
    let plain = format!("{stem}.{extension}");
    let bytes = if plain == "style.css" {
        let mut sheets: Vec<_> =
            std::fs::read_dir(assets.join("css")).into_iter().flatten().flatten().collect();
        sheets.sort_by_key(std::fs::DirEntry::path);
        sheets.iter().flat_map(|sheet| std::fs::read(sheet.path()).unwrap_or_default()).collect()
    } else {
        match std::fs::read(assets.join(&plain)) {
            Ok(bytes) => bytes,
            Err(_) => return StatusCode::NOT_FOUND.into_response(),
        }
    };
    let mime = match *extension {
        "css" => "text/css",
        "js" => "text/javascript",
        _ => "image/svg+xml",
    };
    ([(header::CONTENT_TYPE, mime)], bytes).into_response()
}
