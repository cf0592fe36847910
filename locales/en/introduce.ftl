# People whose number is not on the list: introducing themselves, waiting for the office, approved or not.

stranger = This number is not on the list of cooperative officers yet. Questions about schedule, place and requirements I answer all the same. If you would like to join a Bimtek, write “register”: I will ask for your name, cooperative and office, and staff then decide whether to approve.
stranger-nothing = This number is not on the list of cooperative officers yet, so it has no registrations. Write “register” if you would like to join a Bimtek.

introduce-consent =
    This number is not on the list of cooperative officers yet. You can register all the same: I will ask for your name, cooperative and office, and your registration then *waits for staff’s approval*.

    For that I store your name, phone number, office, cooperative, registrations and this chat. They are used for holding the Bimtek only, under Law 27/2022, and you can ask to have them erased.

    Do you agree?
introduce-consent-again = For what you asked before: do you *agree* that I store your name, phone number, cooperative and office?
introduce-refused = All right, I store no name, cooperative or office. General questions about schedule and place I answer all the same; you can register by a letter from your cooperative to the cooperative office (dinas). If you change your mind, write “register”.
introduce-left = All right, never mind; I have stored nothing. Write “register” at any time if you change your mind.
introduce-asleep = Your introduction was not finished. Would you like to go on?

introduce-name = What is your *full name*?
introduce-name-again = What is your full name?
introduce-name-wrong = Sorry, I cannot take that as a name: it must have 3 to 80 letters and no digits.
introduce-kelurahan = In which *kelurahan or desa* is your Merah Putih cooperative?
introduce-kelurahan-again = In which kelurahan or desa is your cooperative?
introduce-kelurahan-which = Which kelurahan or desa?
introduce-kelurahan-in = Which kelurahan or desa in Kecamatan { $kecamatan }?
introduce-kelurahan-unknown = I cannot find the kelurahan or desa “{ $place }” on the list for Kepulauan Riau. Please write the name of the kelurahan or desa together with its kecamatan.
introduce-office = What is your *office* in the cooperative?
introduce-office-wakil = Deputy chair for which field?
introduce-office-none = Thank you for wanting to join. This Bimtek is for management, supervisors and managers of cooperatives; other employees and operators are not included. If you hold one of those offices too, just name it. If not, staff decide: ask through “Ask staff”.
choice-ask-staff = Ask staff
introduce-sure-name = I have noted:
    • Name: *{ $name }*
introduce-sure-office = • Office: { title-name }
introduce-sure-place = • { $cooperative } ({ $kind ->
        [desa] Desa
       *[kelurahan] Kelurahan
      } { $kelurahan }, Kecamatan { $kecamatan })
introduce-sure = Is that right? If something is wrong, just write what it should be.
introduce-sure-again = I have noted *{ $name }*, { title-name }, { $kelurahan }, Kecamatan { $kecamatan }. Is that right?
introduce-wrong = Which part is wrong?
choice-kelurahan-of = { $kelurahan }, Kecamatan { $kecamatan }
choice-kelurahan = { $kelurahan }
choice-office = { title-name }
choice-introduced = { $slot ->
    [name] Name
    [kelurahan] Kelurahan or desa
   *[office] Office
  }
register-left-waits = All right, no class is chosen yet; your details still wait for staff’s approval. Write “register” to choose a class, or “cancel my registration” to take your details back.
choice-status = Registration status

introduced-now = Thank you, *{ $name }*. Your details are waiting for staff’s approval.
introduced = Thank you, *{ $name }*, I have noted it.
waits-for-office = { $name }, your details as { title-name } of { $cooperative } are *waiting for staff’s approval*. I will tell you the outcome in this chat.
waits-no-class = You can already choose a class: write “register”.
waits-new-number = Your details still wait for staff’s approval, so the number cannot be changed here yet. Write to me *from the new number* and introduce yourself there; what you sent from this one can be taken back with “cancel my registration”.
waits-line = • Waiting for staff’s approval: { title-name }, { $cooperative }

# Registrations that wait for the office

requested =
    ⏳ Your registration is *waiting for staff’s approval*.
    Number: *{ $number }*
requested-no-seat = No seat is held yet; I will tell you the outcome in this chat.
requested-full = { $code } is full now: if approved, you join the waiting list.
requested-what-then = Write “registration status” to see how it stands, or “cancel my registration” to take it back.
change-when-agreed = You can change class once staff have approved.

withdraw-sure = The registration and details of { $name } that wait for staff’s approval will be taken back. Are you sure?
withdraw-left = All right, they still wait for staff’s approval.
introduction-withdrawn = I have taken it back; nothing of yours waits for approval any more. Write “register” at any time if you change your mind.
introduction-withdrawn-kept = Your name and phone number are still stored, because there are older records. To have those erased too, write “erase my data”.

# News from the office

office-approved = ✅ Staff have approved the details of *{ $name }*: { title-name }, { $cooperative }. You can register for a Bimtek now.
office-refused = Staff could not yet approve the details of { $name } as { title-name } of { $cooperative }.
office-what-then = Please ask your cooperative’s secretary, or your lurah or village head, to give your name, office and phone number to staff, then write “register” here again.
already-as-officer = You already have a registration, { $number } ({ $code }), in the same track.
