//! Bodies in an S3 store: PyPI's `moto` in server mode is the other side.

use std::process::Stdio;

use bytes::Bytes;
use futures_util::TryStreamExt;
use mailkeep_storage::blobs::{BlobError, Blobs, BlobsConfig};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use crate::python;

const START: &str = r#"
import sys, threading
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
import boto3
boto3.client("s3", endpoint_url=f"http://{host}:{port}", region_name="us-east-1", aws_access_key_id="k",
             aws_secret_access_key="s").create_bucket(Bucket="bodies")
print(port, flush=True)
sys.stdin.read()
server.stop()
"#;

#[tokio::test]
async fn blobs_are_kept_replaced_listed_and_removed() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let Some(python) = python() else { return };
    let mut server = Command::new(python)
        .args(["-c", START])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let port = lines.next_line().await.unwrap().expect("moto says its port");
    let blobs = Blobs::open(&BlobsConfig::S3 {
        endpoint: format!("http://127.0.0.1:{port}"),
        bucket: "bodies".into(),
        region: "us-east-1".into(),
        access_key_id: "k".into(),
        secret_access_key: "s".into(),
    })
    .unwrap();
    let large = vec![42u8; 3_000_000];
    blobs.put("bodies/ab/large", large.clone()).await.unwrap();
    blobs.put("bodies/ab/small", "one").await.unwrap();
    blobs.put("bodies/ab/small", "two").await.unwrap();
    assert_eq!(blobs.get("bodies/ab/large").await.unwrap(), large);
    assert_eq!(&blobs.get("bodies/ab/small").await.unwrap()[..], b"two");
    let mut listed = blobs.list("bodies").await.unwrap();
    listed.sort();
    assert_eq!(listed, ["bodies/ab/large", "bodies/ab/small"]);

    // Twelve megabytes in pieces, which the store takes in parts of five.
    let pieces: Vec<Bytes> = (0..12u8).map(|at| Bytes::from(vec![at; 1_000_000])).collect();
    let mut writing = blobs.begin("downloads/one").await.unwrap();
    for piece in &pieces {
        writing.write(piece.clone()).await.unwrap();
    }
    writing.finish().await.unwrap();
    assert_eq!(blobs.size("downloads/one").await.unwrap(), 12_000_000);
    let part = blobs.read("downloads/one", 999_999..3_000_001).await.unwrap();
    let part: Vec<Bytes> = part.try_collect().await.unwrap();
    assert!(part.concat() == pieces.concat()[999_999..3_000_001]);
    let left = blobs.begin("downloads/left").await.unwrap();
    drop(left);
    assert_eq!(blobs.list("downloads").await.unwrap(), ["downloads/one"]);

    blobs.delete("bodies/ab/small").await.unwrap();
    blobs.delete("bodies/ab/small").await.unwrap();
    assert!(matches!(blobs.get("bodies/ab/small").await, Err(BlobError::NotFound(_))));
}
