# Personal data, no more messages, language.

privacy =
    What is stored: name, phone number, office and cooperative, registrations, attendance, and this chat. It has one use: holding the Bimtek (Law 27/2022). Only staff of the cooperative office use it, and only for that. The NIK is never asked or stored.
    Chats are deleted after { $days ->
        [one] { $days } day
       *[other] { $days } days
    }.
privacy-rights = You can see your data, have a copy, withdraw your consent (write “withdraw my consent”), or have your data erased. Your own data only, from your own number; for anybody else please turn to the office.
choice-view = See my data
choice-copy = Copy of my data
choice-update = Change my data
choice-erase = Erase my data
choice-erase-chat = Erase this chat only
profile-stranger =
    This number is not on the list of cooperative officers, so no name or office is stored.
    Stored are this phone number and this chat since { DATE($since) }: { $count ->
        [one] { $count } message
       *[other] { $count } messages
    } of yours, with the answers.

# Copy

copy-sent = Here is a copy of all your stored data. I delete the file from the system after 24 hours.
copy-today = A copy was made { DAY($at) }, { CLOCK($at) } WIB. You can ask for another one 24 hours after that.
copy-file = mine
copy-head =
    COPY OF PERSONAL DATA
    Bimtek of the cooperatives of Kepulauan Riau, made { DAY($at) }, { CLOCK($at) } WIB
copy-nobody = This number is not on the list of cooperative officers. Stored are only the contact and the conversation below.
copy-none = (none)
copy-name = NAME
copy-phones = PHONE NUMBERS
copy-phone = • { $phone }
copy-positions = OFFICES
copy-position = • { title-name }, { $cooperative }, since { DATE($from) }
copy-position-ended = • { title-name }, { $cooperative }, { DATE($from) } to { DATE($until) }
copy-position-pending = • { title-name }, { $cooperative }, by your own word, waiting for staff
copy-consent = CONSENT TO STORING DATA
copy-consented = • Given { DATE($at) }, { CLOCK($at) } WIB
copy-refused = • Refused { DATE($at) }, { CLOCK($at) } WIB
copy-registrations = REGISTRATIONS
copy-registration = • { $number }: { $training } ({ $code }), { state-name }, as { title-name } of { $cooperative }, recorded { DATE($at) }, { CLOCK($at) } WIB
copy-cancelled = { "  " }cancelled { DATE($at) }, { CLOCK($at) } WIB
copy-attendance = ATTENDANCE
copy-attended = • { $code }, { $session }, { DATE($starts) }: recorded { DATE($at) }, { CLOCK($at) } WIB, { $source ->
    [code] by the attendance code
    [paper] from the list on paper
   *[staff] by staff
  }
copy-reminders = REMINDERS TO COME
copy-reminder-setting = REMINDERS THAT YOU CHOSE YOURSELF
copy-reminders-off = • no reminders
copy-coming = WHETHER YOU SAID THAT YOU COME
copy-coming-line =
    • { DATE($at) }, { CLOCK($at) } WIB: { $comes ->
        [yes] coming
       *[no] not coming
    }, { $code }, { $session }
copy-reminder = • { DATE($due) }, { CLOCK($due) } WIB: { $code }, { $session }
copy-asked = REGISTRATIONS ASKED FOR COLLEAGUES
copy-asked-line = • { $number }: { $code }, { state-name }
copy-interests = TO BE TOLD WHEN IT OPENS
copy-interest = • Wave { $wave }
copy-requests = CHANGES ASKED FOR
copy-request = • { DATE($at) }: { $field ->
    [name] name
    [phone] phone number
   *[position] office
  } – { $value } – { $state ->
    [approved] approved
    [refused] refused
   *[waiting] waiting for staff
  }
copy-changes = CHANGES MADE BY THE OFFICE
copy-change = • { DATE($at) }, { CLOCK($at) } WIB: { $action }
copy-contacts = CONTACTS
copy-contact = • { channel-name }, display name: { $name }, number: { $phone }, since { DATE($since) }{ $stopped ->
    [yes] , wants no messages (STOP)
   *[no] { "" }
  }
copy-shared = A number is shared with other persons. What was said there is theirs as well, so it is not copied here.
copy-thread = CONVERSATION ({ channel-name })
copy-you = { DATE($at) } { CLOCK($at) } You: { $words }
copy-bot = { DATE($at) } { CLOCK($at) } Bot{ $state ->
    [sent] { "" }
    [delivered] { "" }
    [read] { "" }
    [queued] { " " }(not sent yet)
    [sending] { " " }(being sent)
   *[other] { " " }(not sent)
  }: { $words }
copy-cut = (Only the newest { $count } messages of each direction are copied.)
copy-kind = { $kind ->
    [button] (pressed a choice)
    [voice] (voice message)
    [picture] (picture)
    [sticker] (sticker)
    [document] (document)
   *[other] (not text)
  }
copy-law = Under Law 27/2022 you may complete, correct and erase these data and withdraw your consent. Just write it in the chat.
channel-name = { $channel ->
    [telegram] Telegram
    [whatsapp] WhatsApp
    [simulator] simulator
   *[terminal] terminal
  }

# Erasing

erase-ask = What I erase of *{ $name }*:
erase-goes = • phone number, office, consent, reminders, and all of this chat
erase-goes-shared = • phone number, office, consent, and reminders. This number is shared with others, so the chat stays for them; your name and number are hidden in it
erase-ends = • registration { $number } for { $training } ({ $code }), { state-name }: { $state ->
    [pending] the request is taken back
    [waitlisted] the place on the waiting list is given up
    [offered] the offered seat is given up
   *[other] the seat is given up
  }
erase-stays = What *stays stored*, because the office must account for training that has taken place: your name, office and cooperative at
erase-kept = • { $training } ({ $code }), { state-name }, number { $number }
simulator-nobody = On no list
erase-roster = The office’s own list of officers does not change. If the office brings it in again, the name and number on it are stored again.
erase-ask-chat = What I erase: all of this chat, with the phone number if it is stored.
erase-sure = This cannot be undone. Shall I really erase it?
erase-sure-again = Nothing is erased yet. Shall I really erase it? Answer Yes or No.
erase-left = All right, I erase nothing.
erased = ✅ Your data are erased. I no longer know this number; general questions about the Bimtek I answer all the same.
erased-but-kept = All that is left are the training records that I named before.
erased-but-shared = The chat of the shared number stays for its other users, without your name and number.
erased-chat = ✅ This chat is erased. General questions about the Bimtek I answer all the same.

# Withdrawing consent

withdraw-what = If you withdraw your consent: I no longer use your data, and the chat is deleted after 24 hours. What you are registered for stays until you cancel it, I still answer general questions, and “I agree” gives the consent again. I have withdrawn nothing yet; if you want to, write “withdraw my consent”.
choice-withdraw-consent = Withdraw my consent
withdraw-consent-ask = Withdrawing the consent of *{ $name }*: I no longer use the data, and the chat is deleted after 24 hours. What is registered stays until it is cancelled.
withdraw-consent-ask-shared = Withdrawing the consent of *{ $name }*: I no longer use the data. This number is shared, so the chat stays for the others. What is registered stays until it is cancelled.
withdraw-consent-sure = Shall I really withdraw it?
withdraw-consent-again = The consent is not withdrawn yet. Shall I really withdraw it? Answer Yes or No.
withdraw-consent-left = All right, I do not withdraw the consent.
withdraw-consent-waits = The name, cooperative and office that wait for staff’s approval *stay with the office*. To take them back, write “cancel my registration”.
withdrawn = All right, I have withdrawn the consent of *{ $name }*. I no longer use your data, and the chat is deleted after 24 hours. If you change your mind, write “I agree”.
withdrawn-shared = All right, I have withdrawn the consent of *{ $name }*. I no longer use your data. This number is shared with others, so the chat stays for them. If you change your mind, write “I agree”.
withdrawn-registrations = These registrations *stay* until you cancel them:
withdraw-nothing = You have not, or no longer, agreed to your data being stored. So there is no consent to withdraw.

# No more messages

unsubscribe-ask = You want no more reminders and announcements? News about your own seat I will still send.
unsubscribe-again = As I asked: no more reminders and announcements?
unsubscribe-left = All right, I go on sending reminders and announcements.
unsubscribe-already = I already send no reminders and announcements here. Write MULAI to get them again.

# Language

language-now = All right, I answer in English. How can I help?
language-malay = I understand Kepri Malay, please write as you like. I answer in Indonesian or in English.
language-others = I can answer in Indonesian and in English only. I try to understand Kepri Malay and shorthand.
choice-speak-id = Bahasa Indonesia
choice-speak-en = English
