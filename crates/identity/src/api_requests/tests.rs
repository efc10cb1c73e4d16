use super::*;
use crate::testing::{PersonBuilder, on_both_engines};

#[test]
fn a_request_that_is_sent_twice_is_recognised_for_a_day() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let eve = PersonBuilder::new("Eve Example").create(&identity).await;
        let begin = async |key: &str, body: &str| {
            identity.begin_api_request(&ada.access, key, body.as_bytes()).await.unwrap()
        };
        let Begun::First(request) = begin("order-1", "a").await else { panic!("it is new") };
        assert!(matches!(begin("order-1", "a").await, Begun::Running));
        identity.finish_api_request(request, None).await.unwrap();
        let Begun::First(request) = begin("order-1", "b").await else { panic!("it made nothing before") };
        let made = uuid::Uuid::from_u128(7);
        identity.finish_api_request(request, Some(made)).await.unwrap();
        assert!(matches!(begin("order-1", "b").await, Begun::Done(id) if id == made));
        assert!(matches!(begin("order-1", "c").await, Begun::Different));
        let others = identity.begin_api_request(&eve.access, "order-1", b"b").await.unwrap();
        assert!(matches!(others, Begun::First(_)), "names are each person's own");
        let unnamed = identity.begin_api_request(&ada.access, "", b"b").await;
        assert_eq!(unnamed.unwrap_err().field_name(), Some("idempotency_key"));
        clock.advance(KEPT + Duration::from_secs(1));
        assert!(matches!(begin("order-1", "c").await, Begun::First(_)));
        identity.sweep().await.unwrap();
    });
}
