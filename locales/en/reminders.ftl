# Reminders before a session.

reminder =
    ⏰ Reminder for *{ $name }*: *{ $training }*
    { $session }
    🗓 { DAY($starts) }, { CLOCK($starts) }–{ CLOCK($ends) } WIB
reminder-place = 📍 { $venue }, { $address }
reminder-cannot-come = If you cannot come, write “cancel my registration” (number { $number }).

# "Are you coming?"
reminder-comes =
    { $shared ->
        [yes] *Is { $name } coming?* Press the button, or write HADIR (coming) or TIDAK HADIR (not coming) with the name.
       *[no] *Are you coming?* Press the button, or write HADIR (coming) or TIDAK HADIR (not coming).
    }
choice-comes =
    { $shared ->
        [yes] { $name } is coming
       *[no] Coming
    }
choice-comes-not =
    { $shared ->
        [yes] { $name } is not coming
       *[no] Not coming
    }
coming-noted = Thank you, noted: *{ $name } is coming* to *{ $title }* ({ $code }), { DAY($starts) }, { CLOCK($starts) } WIB. See you there.
coming-not-noted = Thank you for telling. Noted: *{ $name } is not coming* to the session { $session }, *{ $title }* ({ $code }), { DAY($starts) }, { CLOCK($starts) } WIB.
coming-which = Which one do you mean?
coming-which-choice = { $name }: { $title } ({ $code })
coming-over = That question is over: the date has changed, the class has begun, or the registration is no more. Write “my schedule” to see what holds now.

# Freeing the seat.
free-seat-ask = Shall the seat of { $name } (number { $number }) be freed, so that somebody else can have it? Without an answer it stays.
free-seat-again = Before: shall the seat of { $name } in *{ $title }* ({ $code }) be freed, or stay?
choice-free-seat = Free the seat
choice-keep-seat = Keep it
free-seat-kept = All right, the seat of *{ $name }* in *{ $title }* ({ $code }), number { $number }, stays.
free-seat-left = All right, the seat stays.
free-seat-freed = The seat is for others now. If you can come after all, please register again.
free-seat-gone = That seat is no more, so nothing is to be freed. Write “my registration status” to be sure.

# Reminder settings.
reminders-head = I remind *{ $name }*:
reminders-offset =
    • { $unit ->
        [days] { $count ->
            [one] { $count } day
           *[other] { $count } days
        }
        [hours] { $count ->
            [one] { $count } hour
           *[other] { $count } hours
        }
       *[minutes] { $count } minutes
    } before the session starts
reminders-none = Reminders for *{ $name }* are off: nothing is sent before a class. Changes of dates I still tell. Write “turn on reminders” to have them again.
reminders-next = The next reminder: { DAY($due) }, { CLOCK($due) } WIB, for { $title } ({ $code }).
reminders-all-past = For the classes to come there is no reminder any more: their time has passed.
reminders-no-class = You are registered for no class at present. They apply as soon as you are.
reminders-stopped = But you wrote STOP, so no reminders are sent. Write MULAI (start) to have them again.
reminders-changed = All right, changed.
reminders-on = All right, reminders are on as usual.
reminders-there = That one is there already.
reminders-not-there = There is no such reminder, so nothing is changed.
reminders-earliest = That is the earliest already: 14 days before.
reminders-outside = Reminders can be set from 15 minutes to 14 days before a session, so that one cannot. Nothing is changed.
reminders-too-many = At most { $most } reminders for a session, so nothing is changed. Write for example “only 1 day and 2 hours before”.
reminders-no-time = Their hour follows the start of the session, so it cannot be chosen; never at night. What can be set is how long before, for example “only 1 day and 2 hours before”.
reminders-left = All right, your reminders stay as they are.
choice-reminders-day = Only the day before
choice-reminders-usual = As usual
choice-reminders-off = Turn off
profile-reminders-off = • Reminders: none (turned off by yourself)
profile-reminder =
    • Reminder (your own choice): { $unit ->
        [days] { $count } days
        [hours] { $count } hours
       *[minutes] { $count } minutes
    } before a session
