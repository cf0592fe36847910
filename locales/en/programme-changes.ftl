# Sessions that are moved or cancelled.

notice-session-held-line = 🗓 { $session }: takes place after all, *{ DAY($starts) }, { CLOCK($starts) }–{ CLOCK($ends) } WIB*
notice-session-cancelled =
    ⚠️ *Session cancelled* for { $name }
    Class *{ $training }* ({ $code })
notice-session-cancelled-line = 🗓 { $session }, { DAY($from) }, { CLOCK($from) } WIB: *does not take place*
notice-reason = Note from staff: { $reason }
notice-called-off = I will tell you the new date in this chat. Your registration is kept.
notice-called-off-instead = If you would rather not wait, you can move to another class or cancel your registration.
notice-offer-withdrawn = I take back the seat offered to { $name } for now; the place on the waiting list stays the same.
notice-rest = The other sessions take place as planned:
notice-rest-line = 🗓 { $session }: { DAY($starts) }, { CLOCK($starts) }–{ CLOCK($ends) } WIB
notice-pending-stays = The registration of { $name } still waits for staff’s approval.
notice-waiting-stays = The place of { $name } on the waiting list stays the same.
notice-offer-stays = The seat offered to { $name } is still held: reply *AMBIL { $code }* to take it or *LEPAS { $code }* to leave it.
notice-read = Thank you, I have noted that you have read this.

choice-read = I have read this
choice-change = Change class

# Classes of which every session is cancelled

training-called-off = 🗓 *Called off for now*; no new date has been set yet.
list-line-called-off = • *{ $code }* { $title }: called off for now, no new date yet
refused-called-off = Sorry, { $title } ({ $code }) is called off for now and has no new date yet, so you cannot register for it yet.
attendance-called-off = Thank you for telling us. *{ $title }* ({ $code }) is called off for now; I will tell you the new date. Registration { $number } is kept.
