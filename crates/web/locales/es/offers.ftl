# Ofertas: lo que da un cupón en palabras claras, la página de ofertas y el pedido con un código.
offers-title = Ofertas
offers-lead = Un precio mejor durante un tiempo. Lo que da una oferta es siempre lo que da su código.
offers-none = Ahora no hay ninguna oferta
offers-none-text = Quien quiera saber de la próxima puede elegirlo; no se escribe a nadie más.
offers-hear = Recibir ofertas
offer-gives = Usted recibe
offer-gives-share = { $what } de descuento en cada factura
offer-gives-amount = { $what } de descuento en cada factura
offer-plans = Para
offer-plans-all = todos los planes
offer-until = Pedir hasta
offer-until-open = no hay un último día fijado
offer-lasts = Dura
offer-lasts-always = mientras conserve el plan
offer-lasts-months = { $n ->
    [one] el primer mes
   *[other] los primeros { $n } meses
  }
offer-lasts-years = { $n ->
    [one] el primer año
   *[other] los primeros { $n } años
  }
offer-lasts-monthly = { $n ->
    [one] el primer mes si paga por mes
   *[other] los primeros { $n } meses si paga por mes
  }
offer-lasts-quarterly = { $n ->
    [one] el primer mes si paga por trimestre
   *[other] los primeros { $n } meses si paga por trimestre
  }
offer-lasts-annual = { $n ->
    [one] el primer año si paga por año
   *[other] los primeros { $n } años si paga por año
  }
offer-code = Código
offer-note = Cada cliente puede usarla una vez. Lo que se vende una sola vez no se rebaja.
offer-note-limited = { $n ->
    [one] Cada cliente puede usarla una vez; termina tras un uso en total. Lo que se vende una sola vez no se rebaja.
   *[other] Cada cliente puede usarla una vez; termina tras { $n } usos en total. Lo que se vende una sola vez no se rebaja.
  }
offer-order = Pedir con este código
offer-new = Escribir una oferta
offer-coupon = Cupón
offer-coupon-none = Ninguno: no es una oferta
offer-coupon-help = Con un cupón es una oferta, que solo llega a quien eligió ofertas especiales. Lo que da el cupón aparece por sí solo debajo del texto; no lo escriba allí.
offer-coupons-none = No hay ningún cupón que se pueda usar. Quien lleva el catálogo crea uno.
offer-terms = La oferta
offer-used = Usada desde entonces
offer-used-orders = { $n ->
    [one] Un pedido
   *[other] { $n } pedidos
  }
offer-badge = Oferta
order-coupon-unknown = No conocemos este código. Mire si está bien escrito.
order-coupon-over = Este código ya no se puede usar, o todavía no. Puede pedir sin él.
order-coupon-plan = Este código es para otro plan. Elija uno para el que valga, o pida sin él.
order-coupon-currency = Este código no descuenta nada en la moneda en que usted compra.
announcement-stopped-coupon_over = Se detuvo por sí sola: su cupón ya no se puede usar. Los mensajes que esperan se retienen; deténgala para siempre.
announcement-stopped-coupon_used_up = Se detuvo por sí sola: su cupón está agotado. Los mensajes que esperan se retienen. Puede seguir cuando se rechace un pedido que usó el cupón.
contest-announce = Anunciar este concurso
contest-announce-read = Al concurso
