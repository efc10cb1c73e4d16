# Texts of every page.
skip-to-content = Skip to the content
optional = optional
cancel = Cancel
save = Save changes
copy = Copy
copied = Copied
copy-what = Copy { $what }
crumbs = Where you are
steps = Steps
pager = Pages of the list
pager-before = Newer
pager-after = Older
pager-where = Page { $page } of { $pages }
yes = Yes
no = No

nav-main = Main
nav-foot = More
nav-menu = Menu
nav-plans = Plans and prices
nav-policy = Privacy policy
nav-sign-in = Sign in
nav-start = Get started
nav-center = Customer Center
nav-webmail = Webmail

form-required = Please fill this in.
form-card-number = This looks like the number of a payment card. We never ask for one here and did not keep it: please write something else.
form-number = Please give a number.
form-email = This does not look like an e-mail address, such as ada@example.com.
form-has-errors = { $n ->
    [one] One field needs another look.
   *[other] { $n } fields need another look.
  }

error-home = Go to the front page
error-contact = If this keeps happening, write to <mail>{ $email }</mail>.
error-request = Request number { $id }
error-not-found-title = There is nothing here
error-not-found-text = The address may be mistyped, or what it led to is gone. Nothing is broken on your side.
error-forbidden-title = This is not yours to open
error-forbidden-text = You are signed in, but your role does not include this page. An owner of the account can change your role.
error-forbidden-staff = You are signed in, but your roles do not include this page. A colleague who keeps the list of staff can change them.
error-forgery-title = Please send the form again
error-forgery-text = The form was open for too long, or you have signed in again since. Go back, reload the page, and send it once more. Nothing was changed.
error-bad-title = That did not work
error-too-many-title = Too many tries
error-too-many-text = To protect accounts from guessing we make everybody wait after many tries. Please try again in { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
  }.
error-too-large-title = That was too much
error-too-large-text = What was sent is larger than we accept here. Please send less at once.
error-internal-title = Something went wrong on our side
error-internal-text = It is not your fault and your data is safe. We have recorded what happened. Please try again in a moment.
autodiscover-address = The request names no e-mail address.
verbatim = { $text }
no-customer = There is nothing here yet. Order a plan first; it takes two minutes.
