# Forms: who speaks, registering, cancelling.

quoted-which = Which one in that message?
form-no-such-day = There is no class for you on that day.
form-not-understood = Sorry, I did not get that answer.
form-go-on = All right, let us go on.
form-noted = All right, I have noted that for the registration.
form-asleep = Your registration was not finished. Would you like to go on?
button-late-form = That choice belongs to an earlier question. What I am asking now:

# Who

ask-phone = For that I need to know with whom I am speaking. Press the button below to send your phone number; I compare it with the list of cooperative officers.
contact-no-number = I cannot read the number that was sent. Please press “Kirim nomor saya” again.
contact-not-own = That is somebody else’s number. Please send your own with the button “Kirim nomor saya”.
phone-known = Thank you, I know your number.
ask-speaker = Several persons use this number. With whom am I speaking?
ask-consent =
    { $name }, to register and remind you I store your name, phone number, office, cooperative, registrations and this chat. They are used for holding the Bimtek only, under Law 27/2022, and you can ask to have them erased.

    Do you agree?
consent-refused = All right, I do not use your data. General questions about schedule and place I answer all the same; you can register by a letter from your cooperative to the office. If you change your mind, write “I agree”.
ask-consent-again = For what you asked before: do you *agree* that I store your data?
identify-left = All right, never mind. Is there anything else I can help with?

# Registering

register-choose = { $name }, there are { $count } classes that you may join. Which one?
register-choose-again = Which class would you like to register for?
register-has = You already have: { $title } ({ $code }), { state-name }, number { $number }.
register-none-such = I find no such class in the schedule.
register-place-seats = 📍 { $venue } – { $free ->
    [one] { $free } seat left
   *[other] { $free } seats left
  }
register-position = You hold more than one office. In which do you register?
register-confirm = I register *{ $name }*, { title-name } of { $cooperative }, for:
register-sure = Is that right? Answer Yes to register.
register-sure-again = The registration from before, *{ $title }* ({ $code }): is it right?
register-left = All right, no registration. Write “register” at any time if you change your mind.
registered =
    ✅ *{ $name } is registered.*
    Registration number: *{ $number }*
registered-reminders = I will send you reminders in this chat before the day.
registered-cancel = If you cannot come, write “cancel my registration”.
calendar-file = 📅 The dates of *{ $code }* for the calendar of your phone. Tap this file to keep them.

refused-wrong-role = Sorry, { $title } ({ $code }) is not for your office. It is for: { $roles }.
refused-wrong-area = Sorry, { $title } ({ $code }) is not for your cooperative’s area.
refused-not-open-yet = Registration for *{ $title }* ({ $code }) is not open yet. It opens { DAY($opens) }, { CLOCK($opens) } WIB.
refused-closed = Registration for wave { $wave } closed on { DATE($closes) }.
refused-begun = { $title } ({ $code }) has begun, so it is too late to register.
refused-already-registered = You are already registered in this track; it is one registration a person and track.
refused-own = *{ $title }* ({ $code }), { state-name }, number *{ $number }*
refused-track-completed = You have completed the Bimtek of this track, so there is no need to register again.
refused-overlap = It is at the same time as another Bimtek of yours.
refused-cooperative-cap = Your cooperative’s share of { $title } ({ $code }) is used up: { $cap ->
    [one] at most { $cap } person
   *[other] at most { $cap } persons
  } a cooperative.
refused-full = Sorry, { $title } ({ $code }) is *full*: all { $capacity } seats are taken.

instead-open = What you can still join:
instead-line = • *{ $title }* ({ $code }), { $free ->
    [one] { $free } seat left
   *[other] { $free } seats left
  }
instead-to-come = What is to come:
instead-to-come-line = • *{ $title }* ({ $code }), wave { $wave }, registration opens { DAY($opens) }, { CLOCK($opens) } WIB
instead-nothing = At present no other class is open for your office and area. Please ask again when a new wave is announced.

# Waiting list

wait-ask = Would you like to join the *waiting list* of { $code }? { $count ->
    [0] Nobody is waiting yet.
    [one] { $count } person is waiting now.
   *[other] { $count } persons are waiting now.
  }
wait-ask-again = As I asked: would you like to join the waiting list of { $code }?
waiting = *{ $name }* is on the waiting list of { $title } ({ $code }), place { $place }. Number: *{ $number }*
waiting-what-then = When a seat falls free I offer it in this chat, in order. Write “registration status” to see your place, or “cancel my registration” to leave the list.
offer-declined = All right, I give the seat at { $title } ({ $code }) to the next one.
offer-gone = That offer is no longer valid. Write “registration status” to make sure.
will-tell = All right, I will tell you in this chat when registration for wave { $wave } opens, { DAY($opens) }, { CLOCK($opens) } WIB.
choice-tell = Tell me when wave { $wave } opens
choice-take = Take { $code }
choice-decline = Leave { $code }

# Change of class

change-nothing = { $name } has no registration that could be moved.
change-which = Which registration would you like to move?
change-choose = From { $title } ({ $code }) to which class? The old seat is given up only when the new one is yours.
change-choose-again = To which class would you like to move?
change-none = There is no other class that you could join now.
change-stays = Your registration for { $title } ({ $code }), number { $number }, stays.
change-confirm = Move from { $from } ({ $fromCode }) to *{ $title }* ({ $code })?
change-for-good = Registration for the wave of your present class has closed: once you move you cannot come back to { $fromCode }.
change-left = All right, you stay where you are. Your registration is kept.
changed = ✅ Moved from { $from } ({ $fromCode }) to *{ $title }* ({ $code }). Your new registration number: *{ $number }*

# Cancelling

cancel-nothing = { $name } has no registration that could be cancelled.
cancel-begun = { $title } ({ $code }) has begun, so the registration of { $name } can no longer be cancelled.
cancel-not-there = { $name } is not registered for { $code }.
cancel-choose = There are { $count } registrations. Which one shall I cancel?
cancel-confirm = Registration of *{ $name }* for { $title } ({ $code }), number *{ $number }*
cancel-sure = Shall I really cancel it? The seat then goes to somebody else.
cancel-sure-again = The seat of { $name } at *{ $title }* ({ $code }) is not cancelled yet. Shall I really cancel it?
cancel-left = All right, your registration stays.
cancelled = The registration of *{ $name }* for { $title }, number { $number }, is cancelled, and its reminders are gone.

# Somebody else's seat

seat-of-another = The registration of { $name } can only be cancelled or moved by themselves, from their own number, or by the cooperative office. I leave your own registration as it is.
seat-of-another-here = If { $name } is holding this phone now, first write “saya { $short }”.

# Corrected afterwards

afterwards-what = Sorry, what is wrong? Write what is right, such as the class code or the name.
afterwards-pending = Alright, I have taken back the one for { $code }.
afterwards-registered = { $name } has agreed already and is registered for *{ $title }* ({ $code }), so I cannot take it back. If it is a mistake, { $name } can cancel it from their own number.
afterwards-profile = Alright, I have taken back request { $number }.
not-asked = Alright, I am not asking { $name } after all.
give-up-ask = { $state ->
    [waitlisted] Give up the place on the waiting list of { $title } ({ $code }) and go on the *waiting list* of { $wanted }?
   *[other] Give up the seat in { $title } ({ $code }) and go on the *waiting list* of { $wanted }? The seat is then open to others.
  } { $count ->
    [0] Nobody is waiting for { $wanted } yet.
   *[other] { $count } people are waiting for { $wanted } now.
  }
