# Offers: what a coupon gives in plain words, the page of offers, and the order with a code.
offers-title = Offers
offers-lead = A better price for a time. What an offer gives is always what its code gives.
offers-none = There is no offer at the moment
offers-none-text = Who wants to hear of the next one can choose so; nobody else is written to.
offers-hear = Hear of offers
offer-gives = You get
offer-gives-share = { $what } off each bill
offer-gives-amount = { $what } off each bill
offer-plans = For
offer-plans-all = every plan
offer-until = Order until
offer-until-open = no last day is set
offer-lasts = It lasts
offer-lasts-always = as long as you keep the plan
offer-lasts-months = { $n ->
    [one] the first month
   *[other] the first { $n } months
  }
offer-lasts-years = { $n ->
    [one] the first year
   *[other] the first { $n } years
  }
offer-lasts-monthly = { $n ->
    [one] the first month when you pay by the month
   *[other] the first { $n } months when you pay by the month
  }
offer-lasts-quarterly = { $n ->
    [one] the first month when you pay by the quarter
   *[other] the first { $n } months when you pay by the quarter
  }
offer-lasts-annual = { $n ->
    [one] the first year when you pay by the year
   *[other] the first { $n } years when you pay by the year
  }
offer-code = Code
offer-note = Each customer can use it once. What is sold once is not reduced.
offer-note-limited = { $n ->
    [one] Each customer can use it once; after one use in all it ends. What is sold once is not reduced.
   *[other] Each customer can use it once; after { $n } uses in all it ends. What is sold once is not reduced.
  }
offer-order = Order with this code
offer-new = Write an offer
offer-coupon = Coupon
offer-coupon-none = None: this is no offer
offer-coupon-help = With a coupon it is an offer, which goes only to those who chose special offers. What the coupon gives stands below the text by itself; do not write it there.
offer-coupons-none = There is no coupon that can be used. Who keeps the catalogue makes one.
offer-terms = The offer
offer-used = Used since
offer-used-orders = { $n ->
    [one] One order
   *[other] { $n } orders
  }
offer-badge = Offer
order-coupon-unknown = We do not know this code. Look whether it is typed right.
order-coupon-over = This code cannot be used any more, or not yet. You can order without it.
order-coupon-plan = This code is for another plan. Choose one that it is for, or order without it.
order-coupon-currency = This code takes nothing off in the currency in which you buy.
announcement-stopped-coupon_over = It stopped by itself: its coupon cannot be used any more. Messages that wait are kept back; stop it for good.
announcement-stopped-coupon_used_up = It stopped by itself: its coupon is used up. Messages that wait are kept back. It can go on when an order that used the coupon was refused.
contest-announce = Announce this contest
contest-announce-read = To the contest
