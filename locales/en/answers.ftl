# Answers of one turn.

introduction =
    I am the *Bimtek assistant of the cooperatives of Kepri*, an automatic service for management, supervisors and managers of cooperatives.
    I can tell you when and where the training (Bimtek) is, register you, and remind you before the day. Just write your question.
greet = Hello.
greet-salam = Wa’alaikumussalam.
greet-again = What can I do for you about the Bimtek?
thank = You are welcome. If you have another question, just write it here.
goodbye = All right. See you at the Bimtek.
affirm-nothing = Very well. Is there anything else I can help with?
deny-nothing = All right. Is there anything else I can help with?
nothing-open = Nothing is under way. To withdraw from a Bimtek, write “cancel my registration”.
speaker-now = All right, I am now speaking with *{ $name }*. How can I help?
consent-given = Thank you, I have noted your consent. How can I help?
help =
    What I can do:
    • *Schedule* – such as “when is wave 3?”
    • *Place* and how to get there – “where is it?”
    • *Topics, seats, requirements, transport money* – “what is taught?”, “any seats left?”
    • *Register* – “I want to register”
    • *My schedule and status* – “my schedule”
    • *Substitutes and colleagues* – “replace me with our secretary”, “daftarkan bendahara kami”
    • *Cancel* – “cancel my registration”

    Write STOP if you want no messages, MULAI to go on again.
bot-identity = I am an automatic service (a bot), not a person. My answers come from the office’s own data on schedules and registrations.
not-understood = Sorry, I did not get that. Please try other words, or choose one of these:
out-of-scope = Sorry, I do not know about that. I can only help with the Bimtek of the cooperatives: schedule, place and registration.

# Schedule

schedule-empty = The office has not entered any Bimtek yet. Please ask again later.
schedule-none-there = I find no such Bimtek in the schedule.
schedule-head = { $count ->
    [one] I found { $count } class:
   *[other] I found { $count } classes:
  }
schedule-own = For your office and area:
schedule-others = Other classes: { $codes }.
schedule-ask = Write a class’s code to see its details.
waves-head = The waves of the Bimtek:
waves-ask = Which wave would you like to see?
wave-unknown = There is no wave { $wave } in the schedule.
wave-head = *Wave { $wave }* – { $title }
wave-opens = Registration opens { DAY($opens) }, { CLOCK($opens) } WIB.
wave-open = Registration is *open* until { DAY($closes) }, { CLOCK($closes) } WIB.
wave-closed = Registration closed on { DATE($closes) }.
wave-classes = { $count ->
    [one] { $count } class
   *[other] { $count } classes
  }, { SHORTDAY($starts) } to { SHORTDAY($ends) }.
list-line-day = • *{ $code }* { $title }: { SHORTDAY($starts) }, { $venue }
list-line-days = • *{ $code }* { $title }: { SHORTDAY($starts) } – { SHORTDAY($ends) }, { $venue }
list-line-no-date = • *{ $code }* { $title }: no date yet
training-head = *{ $title }* ({ $code })
training-track = Track: { track-name }
training-one-day = 🗓 { DAY($starts) }, { CLOCK($starts) }–{ CLOCK($ends) } WIB
training-days = 🗓 { DAYMONTH($starts) } to { DAY($ends) }, starting at { CLOCK($starts) } WIB
training-no-date = 🗓 No date has been set yet.
training-place = 📍 { $venue }
training-place-address = 📍 { $venue }, { $address }
session-day = 🗓 { DAY($starts) }
session-line = • { CLOCK($starts) }–{ CLOCK($ends) } WIB: { $title }
session-line-speaker = • { CLOCK($starts) }–{ CLOCK($ends) } WIB: { $title } ({ $speaker })
agenda-choose = There are { $count } classes, and their topics differ. Which class do you mean?

# Place

location-one = { $count ->
    [1] *{ $title }* ({ $code }) takes place at *{ $venue }*, { $address }.
   *[other] It takes place at *{ $venue }*, { $address }.
  }
location-directions = How to get there: { $directions }
location-several = The Bimtek is held at { $count } places:
location-line = 📍 *{ $venue }*, { $address }
location-line-for = Class { $codes }
location-choose = Choose the place to see how to get there.

# Seats, requirements, cost

seats = { $free ->
    [0] *Full* (all { $capacity } seats are taken)
    [one] *{ $free } seat* left of { $capacity }
   *[other] *{ $free } seats* left of { $capacity }
  }
note-for = *Class { $codes }*
note-words = { $words }
requirements-head = What to bring and prepare:
requirements-none = The office has not written what to bring to that class.
allowance-head = Cost, transport, meals and lodging:
allowance-none = The office has not written about cost and transport money for that class.

# Oneself

my-schedule-none = { $name } is not registered for any coming Bimtek.
my-schedule-head = Schedule of { $name }:
my-schedule-training = *{ $title }* – wave { $wave }, { state-name }, number { $number }
status-none = { $name } is not registered for any current Bimtek.
status-past = { $name } is on the list of { $title } ({ $code }), number { $number }, which is already over.
status-place = Place on the waiting list: *{ $place }*
status-offer = The seat is offered until { DAY($until) }, { CLOCK($until) } WIB: reply AMBIL { $code } to take it or LEPAS { $code } to leave it.
status-line = { $state ->
    [waitlisted] { $name } is on the *waiting list* of { $title } ({ $code }), because the class is full. Registration number: *{ $number }*.
    [offered] { $name } *is offered a seat* in { $title } ({ $code }), registration number *{ $number }*.
   *[other] { $name }: *{ state-name }* – { $title } ({ $code }), registration number *{ $number }*.
  }

# Programme

programme = Bimtek (bimbingan teknis) is training for the management, supervisors and managers of the Koperasi Desa/Kelurahan Merah Putih in Kepulauan Riau. It is held in waves; the place depends on the area.
programme-waves = { $count ->
    [one] There is { $count } wave in the schedule:
   *[other] There are { $count } waves in the schedule:
  }
programme-wave = *Wave { $wave }* – { $title }

# What the bot cannot do yet, and the way out

eligibility-head = Who may take part:
eligibility-line = • *{ $code }* { $title }: { $roles }; area { $areas }
eligibility-line-own = • *{ $code }* { $title }: { $roles }; area { $areas } – *fits you*
certificate = I have no data about certificates yet; the committee sees to them after the training.
materials = I cannot send materials and recordings in this chat yet. Please ask the committee in class.
feedback = Thank you for your feedback, I have stored it.
profile-head = What is stored about *{ $name }*:
profile-phone = • Phone number: { $phone }
profile-position = • Office: { title-name }, { $cooperative }
profile-consent = • Consent to storing data: { DATE($at) }
profile-no-consent = • Consent to storing data: none
profile-registration = • Registration { $number }: { $title } ({ $code }), { state-name }
profile-rest = This chat is stored as well. The NIK never is. If something is wrong, write for example “can you fix my name” or “change my phone number”.
cooperative-question = Questions about running a cooperative are for the speakers and the office; I only know about the Bimtek. Please ask in class or at the office.

# Not text

cannot-read-voice = Sorry, I cannot listen to voice messages yet. Could you write it?
cannot-read-picture = Sorry, I cannot read pictures yet. Could you write it?
cannot-read-sticker = I got your sticker 🙂 But I can only answer text. How can I help?
cannot-read-document = Sorry, I cannot read documents yet. Could you write what is in it?
cannot-read-location = Thank you, I got your location but cannot use it yet. Just write the name of the kelurahan or kecamatan.
cannot-read-other = Sorry, I can only read text. Could you write it?

turn-failed = Sorry, something went wrong on our side, so I could not answer that message yet. It is stored. Please try again in a moment.
button-unknown = Sorry, I no longer know that choice. Please choose or write again.
button-late = That choice belongs to a question that is over. Where would you like to go?

stopped = All right, I will send no more reminders and announcements. Only changes to your own seat (such as a new date) I will still tell you, and I still answer questions. Write MULAI to get them again.
started-again = All right, I am sending reminders and announcements again. How can I help?

# Choices

choice-schedule = Bimtek schedule
choice-register = Register
choice-my-schedule = My schedule
choice-location = Where it is
choice-cancel = Cancel my registration
choice-wave = Wave { $wave }
choice-training = { $code } · { $title }, { SHORTDAY($starts) }
choice-training-no-date = { $code } · { $title }
choice-venue = { $venue }
choice-yes = Yes
choice-no = No
choice-person = { $name }
choice-position = { title-name }, { $cooperative }
choice-go-on = Go on registering
