# Notices that nobody asked for: something has changed.

notice-session-moved =
    ⚠️ *New date* for { $name }
    Class *{ $training }* ({ $code })
notice-session-moved-line = 🗓 { $session }: was { DAY($from) }, { CLOCK($from) } WIB, is now *{ DAY($starts) }, { CLOCK($starts) }–{ CLOCK($ends) } WIB*
notice-session-moved-place = 📍 { $venue }, { $address }
notice-session-moved-stays = Your registration holds. If you cannot come at the new time, write “cancel my registration”.
calendar-file-changed = 📅 The new dates of *{ $code }* for the calendar of your phone.
calendar-file-cancelled = 📅 To take *{ $code }* off the calendar of your phone, if you kept it there.

notice-offer =
    🎉 There is a seat for *{ $name }* at *{ $title }* ({ $code }).
notice-offer-until = It is held until { DAY($until) }, { CLOCK($until) } WIB. Reply *AMBIL { $code }* to take it or *LEPAS { $code }* to leave it.
notice-offer-lapsed = The time for the offered seat at { $title } ({ $code }) is over, and it has gone to the next one. You can register again at the end of the list.
notice-wave-open = Registration for *wave { $wave }* is open, until { DAY($closes) }, { CLOCK($closes) } WIB.

# Registrations that wait for approval

pending-confirmed = ✅ The registration of *{ $name }* for *{ $title }* ({ $code }) is approved. Number: *{ $number }*
pending-waiting = The registration of *{ $name }* is approved, but { $title } ({ $code }) is full: place { $place } on the waiting list. Number: *{ $number }*
pending-refused = The registration of { $name } for { $title } ({ $code }), number { $number }, was not approved.
pending-refused-rule = The registration of { $name } for { $title } ({ $code }), number { $number }, cannot go on: it no longer fits the rules of the class. Write “register” to see the classes that you can still join.
