# Attendance: the attendance code, word that one cannot come, and the outcome.

check-in-ask = All right, { $name }. Write the *attendance code* that staff show for the session *{ $session }* ({ $code }): four letters and digits, such as 7KQ2.
check-in-ask-again = What is the attendance code? It is the four letters and digits that staff show. Write “cancel” if you would rather not.
check-in-left = All right, never mind. Attendance can be noted at any time until the session is over: write HADIR and the code.
check-in-noted = ✅ *{ $name }* is noted as *present*, { DAY($at) }, { CLOCK($at) } WIB.
check-in-session = Session: { $session } – { $title } ({ $code })
check-in-next = The next session is { DAY($starts) }, { CLOCK($starts) } WIB. It has a code of its own; please write that one then.
check-in-other = If { $name } is present too, write: HADIR { $code } { $name }
check-in-already = *{ $name }* was already noted as present, { DAY($at) }, { CLOCK($at) } WIB. There is no need to do it again.
check-in-for-whom = If the code is for somebody else on this number, choose their name:
check-in-early = It is too early, { $name }. The session *{ $session }* ({ $code }) begins { DAY($starts) }, { CLOCK($starts) } WIB. Its attendance code is valid from { CLOCK($opens) } WIB; please write it again then.
check-in-over = That code is for the session *{ $session }* ({ $code }), which ended { DAY($ends) }, { CLOCK($ends) } WIB, so it is no longer valid. If { $name } was there, please ask staff to note that from the attendance list.
check-in-cancelled = The session *{ $session }* ({ $code }) on { DAY($starts) }, { CLOCK($starts) } WIB, was cancelled by the office, so no attendance is noted for it.
check-in-not-registered = That code is for *{ $title }* ({ $code }), and { $name } is not registered for that class. If { $name } really is taking part, please see staff at the venue.
check-in-no-seat = { $name } has no seat at *{ $title }* ({ $code }) yet: { state-name }. So attendance cannot be noted yet; please see staff at the venue.
check-in-none = { $name } is not registered for any current or coming Bimtek, so there is no attendance to note yet. If you are at the venue already, please see staff there.
check-in-unknown = I do not know the code *{ $code }*. Please check it again: an attendance code is four letters and digits, without the letters I, L and O and without the digits 0 and 1.
check-in-too-many = The code has been wrong { $count } times, so I accept no codes for a while. Please try again from { CLOCK($at) } WIB, or ask staff at the venue to note the attendance.

confirm-attendance = Good, we look forward to seeing you. Your seat at *{ $title }* ({ $code }) is kept, number { $number }.
confirm-attendance-here = If you are at the venue already, write HADIR and the code that staff show for the session *{ $session }*, such as HADIR 7KQ2. Without the code your attendance is not noted yet.
confirm-attendance-unknown = Thank you for telling us. Write “registration status” to make sure of your seat.
attendance-no-seat = Thank you for telling us. But { $name } is not registered for any coming Bimtek, so there is no seat yet.
attendance-waiting = Thank you for telling us. { $name } has no seat at *{ $title }* ({ $code }) yet: { state-name }.
attendance-recorded = At *{ $title }* ({ $code }), { $name } is noted as present at { $attended } of { $sessions ->
    [one] { $sessions } session
   *[other] { $sessions } sessions
  }.
attendance-put-right = If you were there after all, the committee puts it right by the attendance list on paper: please tell the committee or the cooperative office (dinas). I have stored this, and the office’s staff can read it.
report-absence = Thank you for telling us. Your seat at *{ $title }* ({ $code }) is still kept. If you surely cannot come at all, please cancel, so that somebody else can have it.
report-absence-begun = Thank you for telling us about *{ $title }* ({ $code }). The class has begun, so the registration can no longer be cancelled; you count as absent from the sessions that you miss.
report-absence-part = If you will miss only some of the sessions, please come to the others. To complete the class you must be present at { $needed } of { $sessions } sessions; if you attend only in part, you may register again for a later class.
report-absence-unknown = Thank you for telling us. I have stored this, and the office’s staff can read it; please tell the committee at the venue as well. Who is late can still be noted with the attendance code until the session is over. If you cannot come at all and the class has not begun, write “cancel my registration”, so that somebody else can have the seat.
report-late = Thank you for telling us. Your seat at *{ $title }* ({ $code }) is still kept.
report-late-until = Attendance at the session { $session } can be noted with its code until it is over, { DAY($ends) }, { CLOCK($ends) } WIB.
report-kept = I have stored this, and the office’s staff can read it. The committee at the venue is not told automatically; if it is urgent, please contact them as well.

outcome-completed = { $name } has *completed* *{ $title }* ({ $code }), number { $number }: present at { $attended } of { $sessions ->
    [one] { $sessions } session
   *[other] { $sessions } sessions
  }. Congratulations!
outcome-partial = { $name } attended *part* of *{ $title }* ({ $code }), number { $number }: present at { $attended } of { $sessions ->
    [one] { $sessions } session
   *[other] { $sessions } sessions
  }. Completing it takes 80 percent; you may register again for a later class.
outcome-absent = { $name } is noted as *absent* from *{ $title }* ({ $code }), number { $number }: present at { $attended } of { $sessions ->
    [one] { $sessions } session
   *[other] { $sessions } sessions
  }. You may register again for a later class. If you were there after all, please tell staff, so that the list is put right.
attended-so-far = Attended so far: { $attended } of { $sessions ->
    [one] { $sessions } session
   *[other] { $sessions } sessions
  }.
profile-attended = { "   " }attended { $attended } of { $sessions ->
    [one] { $sessions } session
   *[other] { $sessions } sessions
  }
