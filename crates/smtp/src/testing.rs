//! Pieces for tests: a certificate that a client made here trusts.

/// TLS for a server and a client that belong together.
pub(crate) mod tls {
    use std::sync::Arc;

    use rustls::pki_types::PrivateKeyDer;
    use tokio_rustls::TlsConnector;

    /// The configuration of a server named `mx.example.com`, and a client that trusts it.
    pub(crate) fn pair() -> (Arc<rustls::ServerConfig>, TlsConnector) {
        let made = rcgen::generate_simple_self_signed(["mx.example.com".to_owned()]).expect("a certificate");
        let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let server = rustls::ServerConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .expect("a key that fits");
        let mut roots = rustls::RootCertStore::empty();
        roots.add(made.cert.der().clone()).expect("a root");
        let client = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        (Arc::new(server), TlsConnector::from(Arc::new(client)))
    }
}
