# Substitutes, and colleagues whom somebody else registers.

form-asleep-change = Your change of class was not finished. Would you like to go on?
form-asleep-substitute = Your substitute was not settled yet. Would you like to go on?
form-asleep-colleague = Your colleague’s registration was not finished. Would you like to go on?
choice-go-on-change = Go on changing class
choice-go-on-substitute = Go on with the substitute
choice-go-on-colleague = Go on registering a colleague

# Who is meant

choice-colleague = { $name }, { title-name }
choice-myself = Myself
colleague-several = More than one person matches.
colleague-more = (There { $count ->
    [one] is { $count } more
   *[other] are { $count } more
  }; just write the name.)
colleague-unknown = *{ $name }* is not on your cooperative’s list yet. To take part, they can introduce themselves in this chat from their own number, or your cooperative’s secretary can give their name, office and number to staff.
colleague-not-found = I did not find that on your cooperative’s list.
colleague-possible = From this chat only those on your cooperative’s list are possible. Choose one of these, or “Somebody new” if they are not there yet.
colleague-new = The office registers somebody who is not on the list from a letter of the cooperative: the secretary sends name, position and number to the office. Or they write to this chat from their own number, with their name, cooperative and position.
choice-new-person = Somebody new
colleague-no-office = There is no other { title-name } on your cooperative’s list yet.
colleague-cannot = { $why ->
    [wrong-role] { $name } cannot take part: { $title } ({ $code }) is not for their office.
    [wrong-area] { $name } cannot take part: { $title } ({ $code }) is not for their cooperative’s area.
    [not-open-yet] { $name } cannot be registered yet: registration for { $title } ({ $code }) is not open yet.
    [closed] { $name } cannot be registered: registration for { $title } ({ $code }) has closed.
    [begun] { $title } ({ $code }) has begun, so its participants can no longer change.
    [already-registered] { $name } cannot take part: they already have a registration in this track; it is one registration a person and track.
    [track-completed] { $name } has completed the Bimtek of this track, so there is no need to take part again.
    [overlap] { $name } cannot take part: it is at the same time as another Bimtek of theirs.
    [cooperative-cap] { $name } cannot take part: the cooperative’s share of { $title } ({ $code }) is used up, { $cap ->
        [one] at most { $cap } person
       *[other] at most { $cap } persons
      } a cooperative.
    [full] { $title } ({ $code }) is full.
   *[none] At present there is no class that { $name } could join.
  }

# Substitutes

substitute-rule = Somebody else from the same cooperative may take a participant’s place, if their office fits the class. The substitute agrees from their own number; for those who do not use the chat, staff see to it.
substitute-which = Which of your seats shall somebody else take?
substitute-who = Who will take the place of { $name } at *{ $title }* ({ $code })? It must be somebody from the same cooperative.
substitute-who-else = I have already asked { $colleague } to take the place of { $name } at *{ $title }* ({ $code }), and they have not answered yet. If you would like somebody else, who?
substitute-nobody = Nobody else on your cooperative’s list can join { $code }. Your registration stays. If you cannot come at all, write “cancel my registration”.
substitute-confirm = Shall *{ $colleague }*, { $office ->
    [ketua] Chair
    [wakil_ketua] Deputy chair
    [wakil_ketua_usaha] Deputy chair for business
    [wakil_ketua_anggota] Deputy chair for members
    [sekretaris] Secretary
    [bendahara] Treasurer
    [ketua_pengawas] Chair of the supervisors
    [anggota_pengawas] Supervisor
   *[manajer] Manager
  }, take the place of *{ $name }* at *{ $title }* ({ $code })?
substitute-stays = Until the substitute agrees, the seat stays in your name.
substitute-asked = All right, I am asking *{ $colleague }* on their own number whether they will take the place of { $name }.
substitute-asked-here = All right. *{ $colleague }* uses this number too, so I am sending the question here.
substitute-for-staff = *{ $colleague }* cannot be reached in this chat yet. I have passed the request on to staff, who will see to it.
substitute-already = *{ $colleague }* has already been asked about { $code } and has not answered yet.
substitute-until-then = Until there is an answer, the seat at { $title } ({ $code }) stays in the name of { $name }. I will tell you the outcome. If you change your mind, write “tidak jadi diganti”.
substitute-try-again = If you would like somebody else, write “can someone replace me”.
substitute-gone = That is no longer possible: the registration or the cooperative’s list has changed. Write “registration status” to see how things stand.
substitute-left = All right, no substitute. Your registration stays.
substitute-nothing = { $name } is not registered for any coming Bimtek, so there is no seat that somebody else could take.
substitute-other-way = If it is you who will take a colleague’s place: ask whoever has the seat to write “saya digantikan …” with your name, from their own number. The question then reaches you here, and you need only answer Yes.
substitute-begun = { $title } ({ $code }) has begun, so it is too late for a substitute.
substitute-no-seat = { $name } has no seat at { $title } ({ $code }) yet: { state-name }. Somebody else can only take a seat that you already have.
substitute-confirmed = ✅ *{ $name }* takes your place at *{ $title }* ({ $code }). Your seat is now in their name, number *{ $number }*.
substitute-refused = { $name } will not be taking your place at *{ $title }* ({ $code }). If you would like somebody else, write “can someone replace me”.
substitute-refused-rule = { $name } cannot take your place at *{ $title }* ({ $code }): that no longer fits the rules of the class. If you would like somebody else, write “can someone replace me”.

# Registering a colleague

colleague-who = Who shall I register: you, or which colleague from your cooperative?
colleague-nobody = There is nobody else on your cooperative’s list who could be registered.
colleague-choose = There are { $count } classes for { $name }. Which one shall it be?
colleague-choose-again = Which class shall I register { $name } for?
colleague-confirm = I register *{ $name }*, { title-name } of { $cooperative }, for:
colleague-sure = Is that right? I will first ask { $name } to agree; only then are they registered.
colleague-sure-again = The registration of *{ $name }* for *{ $title }* ({ $code }): is it right?
colleague-full = That class is full now: if { $name } agrees, they join the waiting list.
colleague-asked = All right, I am asking *{ $name }* on their own number about { $title } ({ $code }). They are registered once they agree, and I will tell you.
colleague-asked-here = All right. *{ $name }* uses this number too, so I am sending the question about { $title } ({ $code }) here. They are registered once they agree.
colleague-for-staff = *{ $name }* cannot be reached in this chat yet. I have passed their registration for { $title } ({ $code }) on to staff, who will see to it; I will tell you the outcome.
colleague-left = All right, no registration for your colleague.
colleague-confirmed = ✅ *{ $name }* is registered for *{ $title }* ({ $code }), number *{ $number }*.
colleague-waiting = { $name } is on the waiting list of *{ $title }* ({ $code }), place { $place }, number { $number }.
colleague-refused = { $name } will not be registered for *{ $title }* ({ $code }).
colleague-refused-rule = { $name } cannot be registered for *{ $title }* ({ $code }): that no longer fits the rules of the class.

# The question to the colleague

request-substitute = *{ $name }*, would you be willing to *take the place of { $asker }* at:
request-register = *{ $name }*, would you be willing to *join a Bimtek*? { $asker } would like to register you for:
request-how = Reply *IKUT { $code }* if you will come or *TIDAK IKUT { $code }* if you will not. You can answer until the class begins.
request-by-whom = { $name } must answer in person: press a button, or write “saya { $name }” first.
request-or-offer = There is also a seat on offer: reply *AMBIL { $code }* to take it or *LEPAS { $code }* to leave it.
request-over = { $name }, the request to join { $title } ({ $code }) is over. There is no need to answer it any more.
request-took-over = You are taking the place of *{ $asker }*.
request-declined = All right, I will pass on that you are not joining { $title } ({ $code }).
request-gone = That request is no longer valid: it has been answered, or taken back.
request-ended = { $name }, the request to join { $title } ({ $code }) has been taken back. There is no need to answer it any more.
request-unreached = { $name } cannot answer about { $title } in this chat. Staff will see to it.
choice-request-yes = { $shared ->
    [yes] Yes, { $name } will come
   *[no] Yes, I will come
  }
choice-request-no = No

# Taking it back

choice-take-back = Take the request back
choice-withdraw = { $name }, { $code }
withdrawn-substitute = All right, { $name } will not take your place. The seat at *{ $title }* ({ $code }) stays in your name.
withdrawn-colleague = All right, { $name } will not be registered for *{ $title }* ({ $code }).
withdraw-which = Which request shall I take back?
withdraw-late = That request has already been answered or taken back. Write “registration status” to see how things stand.
request-nothing = There is no open request for a substitute. Write “registration status” to make sure of your seat.
withdraw-taken-over = { $name } has already taken your place at { $title } ({ $code }). If you would like it back, { $name } can ask for you as a substitute from their own number.

# Status

status-request-substitute = Waiting for the answer of { $name }, whom you asked to take your place at { $code }.
status-request-colleague = Waiting for the answer of { $name }, whom you put down for { $title } ({ $code }).

# Several persons in one message

parties-begun = All right, { $count } people, one after the other: { $names }.
parties-noted = All right, { $names } after this one.
parties-dropped = All right, without { $names }.
parties-none = Nobody of your cooperative can be registered now: perhaps all are, or there is no class for their positions yet.
parties-left = I have not registered { $names } either.
party-next = Next, *{ $name }*.
party-skipped = All right, I leave that one out.
choice-skip = Leave out
