# For staff, in their own chat.

staff-help = { $name }, commands of staff:
staff-help-help = /petugas – this list
staff-not-allowed = That command is for admins only.
staff-left = All right, nothing was changed.
staff-nothing-open = No command is waiting.
choice-staff-leave = Leave it

# Whom to call

staff-to-call = ☎️ *Please call ({ $count }):*
staff-call-line = • { $name }, { $cooperative }: { $numbers }
staff-call-line-none = • { $name }, { $cooperative }: no number
staff-person-line = • { $name }, { $cooperative }
staff-more = … and { $count } more
staff-more-in-file = … and { $count } more; all are in this file.
staff-call-sheet = Calls
staff-column-name = Name
staff-column-cooperative = Cooperative
staff-column-phone = Phone
staff-column-why = Why
staff-why-no-number = no number
staff-why-no-contact = has never written to the bot
staff-why-blocked = has blocked the bot
staff-why-uncertain = not known whether it arrived
staff-why-not-told = not told yet
staff-channel-telegram = Telegram
staff-channel-whatsapp = WhatsApp
staff-channel-simulator = simulator
staff-channel-terminal = terminal

# Which session

staff-session-choice = { $session }, { SHORTDAY($starts) } { CLOCK($starts) }
staff-session-choice-cancelled = { $session }, { SHORTDAY($starts) } { CLOCK($starts) } (cancelled)
staff-no-sessions = There is no session to come.
staff-unknown-training = There is no class { $name }.
staff-perhaps = Perhaps { $codes }?
staff-which-session = { $name }: which session?
staff-already-cancelled = { $session } was cancelled already.
staff-session-over = { $session } ended on { DAY($ends) } at { CLOCK($ends) } WIB.
staff-in-the-past = That time is past. Write another one.
staff-too-far = That is more than two years ahead. Is the year right?
staff-same-time = { $session } is at that time already.
staff-overlap = At that time the same class has { $session } ({ DAY($starts) }, { CLOCK($starts) } WIB). Move that one first.

# /pindah and /batal

staff-help-move = /pindah G3-A/1 ke Sabtu jam 8 – move a session and tell everybody
staff-help-cancel = /batal G3-A/1 ombak tinggi – cancel a session and tell everybody
choice-staff-move-session = Move a session
choice-staff-cancel-session = Cancel a session
staff-move-which = Which session is to be moved?
staff-cancel-which = Which session is to be cancelled?
staff-move-session = *{ $session }* { $title }, now { DAY($starts) }, { CLOCK($starts) } WIB.
staff-move-session-cancelled = *{ $session }* { $title }, cancelled; it was { DAY($starts) }, { CLOCK($starts) } WIB.
staff-move-when = To when? Such as “Sabtu 12 Des jam 8” or “mundur 2 jam”.
staff-move-which-day = Which day exactly? Write one date, such as “Sabtu 12 Des jam 8”.
staff-change-head = *{ $session }* { $title } – { $training }
staff-change-from = From: { DAY($starts) }, { CLOCK($starts) } WIB
staff-change-from-cancelled = From: cancelled
staff-change-to = To: *{ DAY($starts) }, { CLOCK($starts) }–{ CLOCK($ends) } WIB*
staff-change-to-cancelled = To: *cancelled*
staff-change-reason = Reason: { $reason }
staff-change-calls-off = ⚠️ No other session of this class is left: it is called off for now, registrations stay.
staff-change-concerns = { $count } persons: { $registered } registered, { $waiting } waiting, { $offered } with an offered seat, { $pending } to be approved
staff-change-reach = The bot can tell: { $count } ({ $channels })
staff-change-no-reach = Out of reach: { $count }; their numbers follow.
staff-change-due-now = They are told at once.
staff-change-due = They are told after the quiet hours: { DAY($due) }, { CLOCK($due) } WIB.
staff-change-clashes = ⚠️ At two classes at once ({ $count }):
staff-change-clash = • { $name }, { $cooperative }: also { $otherTraining }
staff-change-settled = Not registered again, they have another place in the track:
staff-move-sure = Move it? Answer *ya*, or write another time. A reason may be added: “karena ombak tinggi”.
staff-cancel-sure = Cancel this session? Answer *ya*. A reason may be added: “karena ombak tinggi”.
staff-cancel-doubtful = Write *ya* to cancel that session, or *tidak jadi*.
choice-staff-move = Yes, move it
choice-staff-cancel = Yes, cancel it
staff-moved = ✅ Moved.
staff-cancelled = ✅ Cancelled.
staff-told = { $told } persons are being told.
staff-told-later = { $told } persons are told on { DAY($due) }, { CLOCK($due) } WIB.
staff-late = That choice has lapsed; nothing was changed. Write the command again.
staff-overtaken = ⚠️ The data have changed meanwhile. What would happen now:
choice-staff-who-read = Who has read it?

# /pindah status

staff-status-which = Which session?
staff-status-head = *{ $session }* { $title }, { DAY($starts) }, { CLOCK($starts) } WIB
staff-status-cancelled = *{ $session }* { $title }, cancelled (it was { DAY($starts) }, { CLOCK($starts) } WIB)
staff-status-unchanged = It was neither moved nor cancelled, so nobody was told of anything.
staff-status-changed = Changed on { DAY($at) }, { CLOCK($at) } WIB.
staff-status-untold = Its newest change was not told to anybody.
staff-status-read = ✅ *Read: { $count } of { $all }*
staff-status-not-read = Sent, not read yet ({ $count }):
staff-status-under-way = Not sent yet ({ $count }):
choice-staff-refresh = Refresh
