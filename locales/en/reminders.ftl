# Reminders before a session.

reminder =
    ⏰ Reminder for *{ $name }*: *{ $training }*
    { $session }
    🗓 { DAY($starts) }, { CLOCK($starts) }–{ CLOCK($ends) } WIB
reminder-place = 📍 { $venue }, { $address }
reminder-cannot-come = If you cannot come, write “cancel my registration” (number { $number }).
