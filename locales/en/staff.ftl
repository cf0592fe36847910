# For staff, in their own chat.

staff-help = { $name }, commands of staff:
staff-help-antrian = /antrian – conversations that wait for the office: take, read, answer, close
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
staff-change-concerns = { $count } persons: { $registered } registered{ $waiting ->
    [0] {""}
   *[other] , { $waiting } waiting
  }{ $offered ->
    [0] {""}
   *[other] , { $offered } with an offered seat
  }{ $pending ->
    [0] {""}
   *[other] , { $pending } to be approved
  }
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

# /hadir

staff-help-attendance = /hadir G3-A/1 – code and QR, who is in, ticking
choice-staff-attendance = Attendance
staff-attendance-which = Several sessions are under way. Which one?
staff-attendance-none = No session is under way. Which one do you want to see?
staff-attendance-picture = QR for the attendance of { $session }. It holds: { $link }
staff-attendance-head = *{ $session }* { $title }, { DAY($starts) }, { CLOCK($starts) } WIB
staff-attendance-code = Code: *{ $code }*. Participants write HADIR { $code }; valid { CLOCK($from) }–{ CLOCK($until) } WIB.
staff-attendance-count = ✅ *Present: { $count } of { $all }*
staff-attendance-coming = Answers to the reminder: { $comes } will come, { $stays } will not, { $silent } have not answered
staff-attendance-present = • { $name }, { $cooperative } ({ CLOCK($at) })
staff-attendance-how = To tick, write the name or the number on the list: “sari, 12”. Ticked wrongly: “batal sari”. When done: “selesai”.
staff-attendance-done = All right. /hadir shows it again at any time.
staff-attendance-all = ✅ Everybody is in: { $count } persons.
staff-attendance-missing = *{ $session }: { $count } not in yet*
staff-attendance-missing-line = { $place }. { $name }, { $cooperative }
staff-attendance-sheet = Not in yet
staff-column-number = No.
staff-column-registration = Registration
staff-attendance-who = “{ $name }” may be { $count } persons. Which one?
staff-attendance-unknown = ❓ “{ $name }” is not in this class.
staff-attendance-ticked = ✅ Noted as present ({ $count }):
staff-attendance-unticked = No longer noted as present ({ $count }):
staff-attendance-before = Noted before ({ $count }):
staff-attendance-not-before = Was not noted as present ({ $count }):
staff-attendance-total = { $session }: { $count } of { $all } present.
staff-attendance-early = This session begins only on { DAY($starts) }, { CLOCK($starts) } WIB.
staff-person = { $name }, { $cooperative }
choice-staff-missing = Who is not in yet?
choice-staff-undo = Undo

# /setuju

staff-help-approve = /setuju – what waits to be approved, one by one
choice-staff-approve = Approvals
choice-staff-yes = Approve
choice-staff-no = Refuse
choice-staff-skip = Skip
choice-staff-no-reason = Without a reason
choice-staff-from-start = From the start again
staff-approve-none = Nothing waits to be approved.
staff-approve-end = That was the last. { $count } still wait.
staff-approve-no-such = There is no { $id }.
staff-approve-head = *{ $id }* ({ $number } of { $count }), since { DATE($since) }
staff-approve-who = { $name }, { title-name }, { $place }
staff-approve-who-no-title = { $name }, { $place }
staff-approve-phones = ☎️ { $phones }
staff-approve-training = Class: { $training }
staff-approve-requested = Asked for by { $by }
staff-approve-replaces = Instead of { $whom }
staff-approve-field = { $field ->
    [name] name
    [phone] phone number
   *[position] office
  }
staff-approve-wish-change = Asks for the { staff-approve-field } to be changed from { $from } to { $to }
staff-approve-wish-add = Asks for a { staff-approve-field } to be added: { $to }
staff-approve-on-roster = ℹ️ On the roster already: { $name }, { title-name } ({ $numbers }). If approved, this number becomes theirs too.
staff-approve-namesake = ℹ️ A namesake in another office: { $name }, { title-name } ({ $numbers })
staff-approve-office-taken = ⚠️ This office is held by { $name }, { title-name } ({ $numbers })
staff-approve-reason = What is the reason? { $name } will read it.
staff-approved-confirmed = ✅ { $name }: approved, registered in { $training }.
staff-approved-waitlisted = ✅ { $name }: approved; { $training } is full, place { $place } on the waiting list.
staff-approved-rule = ⚠️ { $name }: not registered in { $training }: { $why }
staff-approved-agreed = ✅ { $name }: approved.
staff-approved-changed = ✅ { $name }: the data were changed.
staff-approved-refused = { $name }: refused.
staff-approved-decided = { $name }: was decided before ({ $state ->
    [agreed] approved
    [ended] no longer valid
   *[other] { state-name }
  }).
staff-approved-joined = Made one with { $name }, who is on the roster.
staff-approved-keeps = { $numbers } stay with the former office; see whether that is still right.
staff-import-runs = A roster is being imported. Try again in a few minutes; nothing was changed.

# /gelombang

staff-help-wave = /gelombang 3 – how full classes are, who waits, coverage
choice-staff-wave = Waves
staff-no-waves = There is no wave yet.
staff-no-wave = There is no wave { $wave }.
staff-which-wave = Which wave?
staff-wave-choice = Wave { $wave }
staff-wave-head = *Wave { $wave }* { $title }
staff-wave-window = { $stage ->
    [to-come] Registration opens on { DAY($opens) }, { CLOCK($opens) } WIB, until { DATE($closes) }
    [closed] Registration closed on { DAY($closes) }, { CLOCK($closes) } WIB
   *[open] Registration is open until { DAY($closes) }, { CLOCK($closes) } WIB
  }
staff-wave-no-classes = It has no class yet.
staff-wave-class = *{ $code }* { $taken }/{ $capacity } taken, { $free } free{ $offered ->
    [0] {""}
   *[other] , { $offered } offered
  }{ $waiting ->
    [0] {""}
   *[other] , { $waiting } waiting
  }{ $pending ->
    [0] {""}
   *[other] , { $pending } to be approved
  }
staff-wave-coverage = Coverage of { track-name } in its area: *{ $full } of { $places } full*, { $part } in part, { $none } not yet, { $without } without a cooperative in the data.
staff-class-choice = Class { $code }
staff-class-head = *{ $code }* { $title }, { $venue }
staff-session-line = • { $session } { $title }: { SHORTDAY($starts) } { CLOCK($starts) }
staff-session-line-cancelled = • { $session } { $title }: cancelled (was { SHORTDAY($starts) })
choice-staff-attendance-of = Attendance { $session }
choice-staff-move-of = Move { $session }

# /siaran

staff-help-broadcast = /siaran – an announcement to officers, with a PDF or picture
choice-staff-broadcast = Broadcast
staff-broadcast-text = What is to be announced? Write the text; {"{nama}"}, {"{koperasi}"}, {"{gelombang}"} may stand in it. A PDF or picture may be sent at any time.
choice-staff-announce = Announce wave { $wave }
choice-staff-broadcasts = Earlier broadcasts
staff-broadcast-for-whom = For whom? Choose, or write: “pengawas di Bengkong”, “belum daftar gelombang 3”.
staff-broadcast-which = Which one?
staff-broadcast-none-such = There is nothing to choose from yet.
choice-staff-all = All officers
choice-staff-not-registered = Not registered
choice-staff-untrained = Not trained
choice-staff-by-wave = By wave
choice-staff-by-class = By class
choice-staff-by-area = By area
choice-staff-wave-confirmed = Wave { $wave }, registered
choice-staff-wave-eligible = Wave { $wave }, not registered
choice-staff-class-confirmed = Participants of { $code }
choice-staff-area = { $area }
choice-staff-mainland = Mainland
choice-staff-hinterland = Hinterland
staff-broadcast-again = Write the text again.
staff-audience-term = { $key ->
    [wave] wave { $value }
    [training] class { $value }
    [status] { state-name }
    [role] { $value }
    [position] { title-name }
    [area] { $level ->
        [kecamatan] Kecamatan { $area }
       *[other] { $area }
    }
    [zone] { $value ->
        [hinterland] hinterland
       *[mainland] mainland
    }
    [track] track { track-name }
    [eligible] may join wave { $value } and has not
    [not-registered] not registered
    [untrained] not trained
   *[all] all officers
  }
staff-audience-and = and
staff-audience-or = or
staff-audience-not = not
staff-broadcast-head = 👆 As the recipient reads it. *To:* { $audience }
staff-broadcast-meant = Meant: *{ $persons } persons*
staff-broadcast-reach = Reached: *{ $reachable } persons* in { $messages } messages ({ $channels })
staff-broadcast-left-out = Out of reach: { $count }
staff-broadcast-file = With: { $name }
staff-broadcast-due-now = Goes out: now
staff-broadcast-due = Goes out: { DAY($due) }, { CLOCK($due) } WIB; who gets it is decided then
staff-broadcast-sure = Send it? Answer *ya kirim*, or write when: “besok jam 8”. It may be narrowed: “hanya pengawas”.
staff-broadcast-nobody = Nobody can be reached now, so there is nothing to send.
choice-staff-send = Yes, send it
choice-staff-new-text = Change the text
choice-staff-new-audience = Change the audience
choice-staff-later = Send later
choice-staff-call-list = Call list
staff-broadcast-when = When? Such as “besok jam 8”, or “sekarang”.
staff-broadcast-no-announcement = Wave { $wave } cannot be announced: there is none, it has closed, or it has no class yet.
staff-broadcast-forward = Text to forward in groups:
staff-broadcast-forward-no-link = Text to forward in groups (the bot's name on Telegram is not known yet, so there is no link):
staff-broadcast-file-gone = The file is not there any more; send it again.
staff-broadcast-file-unreachable = ⚠️ That file could not be fetched. Send it again in a while.
staff-broadcast-file-taken = 📎 { $name } goes with it.
staff-broadcast-started = ✅ Broadcast { $id } goes out to { $persons } persons ({ $messages } messages).
staff-broadcast-scheduled = ✅ Broadcast { $id } is due { DAY($due) }, { CLOCK($due) } WIB; { $persons } persons are reached now.
staff-broadcast-too-many = Too many for one file in the chat. On the computer: bimtek broadcast … --call-list.
staff-broadcast-nobody-to-call = Nobody needs to be called.
staff-broadcast-call-list = ☎️ { $count } persons out of reach, by kelurahan, with links to call.
staff-broadcast-unknown = There is no broadcast { $id }.
staff-broadcast-none = There is no broadcast yet.
staff-broadcast-newest = The newest broadcasts:
staff-broadcast-state = { $state ->
    [scheduled] scheduled
    [running] going out
    [paused] paused
    [done] done
   *[cancelled] cancelled
  }
staff-broadcast-line = • *{ $id }* { SHORTDAY($due) } { CLOCK($due) }, { staff-broadcast-state }: { $begin }
staff-report-head = *Broadcast { $id }* ({ staff-broadcast-state }) to { $audience }
staff-report-persons = Meant { $persons } persons, reached { $reachable }
staff-report-counts = ✅ Sent { $sent }, of these read { $read }
    ⏳ Waiting { $waiting }
    ❌ Failed { $failed }, uncertain { $uncertain }, not sent { $unsent }
staff-broadcast-why = • { call-reason }: { $count }
staff-broadcast-changed = Broadcast { $id } is now { staff-broadcast-state }{ $takenBack ->
    [0] .
   *[other] ; { $takenBack } messages that had not gone out were taken back.
  }
staff-broadcast-not-possible = Not possible: broadcast { $id } is { staff-broadcast-state }.
staff-broadcast-resent = Broadcast { $id } goes out once more to { $persons } persons; { $unreachable } cannot be reached now.
choice-staff-report = Report
choice-staff-report-of = Report { $id }
choice-staff-pause = Pause
choice-staff-resume = Go on
choice-staff-cancel-broadcast = Cancel the broadcast
choice-staff-resend-failed = Resend failed
choice-staff-resend-uncertain = Resend uncertain
