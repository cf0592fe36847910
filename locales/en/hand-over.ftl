# Staff of the office who answer: to officers.

hand-over-opened = I have passed this conversation on to *the office*. Its staff read this chat and answer here.
hand-over-complaint = I am sorry about that. I have passed your complaint on to *the office*. Its staff read this chat and answer here.
hand-over-write = Please write what it is about. If you do not need them after all, write CANCEL.
hand-over-call-off = If you do not need them after all, write CANCEL.
hand-over-waits = This conversation has been waiting for the office since { DAY($since) } at { CLOCK($since) } WIB.
hand-over-noted = I have kept this for the office; they answer here. I can still tell you about schedules and registration.
hand-over-called-off = All right, the office is not called. What else can I do for you?
hand-over-closed = The conversation with the office is over. I, the Bimtek assistant, answer again. If you still need the office, write “office staff”.
hand-over-lapsed = The conversation with the office has ended, because nothing was said for long. I, the Bimtek assistant, answer again. If you still need the office, write “office staff”.
hand-over-unanswered = I am sorry, your message has not been answered yet. I have reminded the office, and your message waits. Meanwhile I can tell you about schedules and registration.
office-open = The office is open until { CLOCK($until) } WIB.
office-opens = The office opens again on { DAY($opens) } at { CLOCK($opens) } WIB. Until then your message waits here.
office-known = I do not have the office's phone number or address, but its staff can be reached in this chat.
office-offer = Shall I put you through to them?
staff-offer = I am sorry, I cannot answer that yet. Shall I put you through to the office?
staff-declined = All right, I will not. What else can I do for you?
staff-not-in-group = The office answers in private, not in a group. Please write to me directly.
form-staff-offer = I am sorry, I did not get that. If you would rather have help from the office, choose *Talk to the office*.
choice-staff = Talk to the office
choice-to-staff = Yes, put me through
choice-not-to-staff = No need
staff-here = *{ $name } of the office* reads and answers here now. Meanwhile I, the Bimtek assistant, keep quiet; attendance codes, buttons and STOP still work.
staff-here-office = *The office* reads and answers here now. Meanwhile I, the Bimtek assistant, keep quiet; attendance codes, buttons and STOP still work.
staff-says = *{ $name } of the office:*
staff-says-office = *The office:*

# To staff.

reason-name = { $reason ->
    [complaint] a complaint
    [not_understood] not understood
   *[wish] asked for a person
  }
staff-hand-over = 🙋 *#{ $id }* waits for the office ({ reason-name })
staff-hand-over-again = 🙋 *#{ $id }* waits again ({ reason-name })
staff-hand-over-words = The message:
staff-hand-over-since = Waiting since { SHORTDAY($at) } at { CLOCK($at) } WIB.
staff-officer-says = 💬 *{ $name }* (#{ $id }):
staff-words-lost = ⚠️ What you wrote to { $name } (#{ $id }) *did not arrive*:
staff-words-uncertain = ⚠️ What you wrote to { $name } (#{ $id }) *may not have arrived*:
staff-words-call = Please call { $phone }.
officer-with-office = { $name }, { title-name }, { $cooperative }
officer-without-office = { $name } (no office)
officer-unknown = { $name } (not known yet)
officer-phone = { $phone }
officer-unsure = This number was silent for long; the name is not confirmed again yet.
kind-for-staff = { $kind ->
    [voice] 🎤 (voice note)
    [picture] 🖼 (picture)
    [sticker] (sticker)
    [document] 📎 (document)
    [button] (pressed a choice)
   *[other] (not text)
  } { $caption }
choice-hand-over = { $does ->
    [take] Take #{ $id }
    [show] Show #{ $id }
    [write] Write to #{ $id }
    [reopen] Open #{ $id } again
    [back] Give #{ $id } back
   *[close] Close #{ $id }
  }
staff-reply-here = Reply to this message (quote it) to answer.
queue-empty = Nobody waits for the office.
queue-head = The queue: { $count } conversations
queue-line = • *#{ $id }* { $name } – { reason-name }, waiting for { queue-waited }
queue-line-mine = • *#{ $id }* { $name } – yours, for { queue-waited }; { $unheard ->
    [0] nothing new
   *[other] *{ $unheard } not answered*
  }
queue-waited = { $days ->
    [0] { $hours ->
        [0] { $minutes } min
       *[other] { $hours } h { $minutes } min
      }
   *[other] { $days } d { $hours } h
  }
queue-more = and { $count } more after these
queue-others = { $count } are with your colleagues.
queue-how = To read one, write /antrian 7.
queue-shown = *#{ $id }* ({ reason-name }), { $state ->
    [open] waits for the office
    [mine] yours
    [office] answered at the office's computer
    [closed] closed
   *[taken] with { $by }
  }
queue-said = { SHORTDAY($at) } { CLOCK($at) } *Officer:*
queue-bot = { SHORTDAY($at) } { CLOCK($at) } *Bot:*
queue-staff = { SHORTDAY($at) } { CLOCK($at) } *{ $name }:*
queue-took = ✍️ *#{ $id }* is yours. *From now on all that you write in this chat goes to { $name }*, until you write DONE. What { $name } writes comes in here.
queue-sent = ✓ Sent to { $name } (#{ $id }).
queue-sent-on = What comes next is sent too; write DONE to stop.
queue-writing-ended = What you write no longer goes to #{ $id }; the conversation stays yours. Reply to (quote) its messages to answer.
queue-back = #{ $id } is back in the queue; your colleagues are told.
queue-ended = #{ $id } is closed; the bot answers again, and the officer was told.
queue-left = { $count } still wait: /antrian
queue-closed = #{ $id } is closed, so nothing was sent.
queue-taken-by = #{ $id } was taken by { $by }.
queue-gone = That conversation is no longer there.
queue-only-text = Only text can be passed on; this was not sent.
queue-too-long = Too long ({ $length } characters, at most { $most }); not sent.
queue-unreachable = This officer cannot be reached by chat ({ $why ->
    [blocked] the bot is blocked
    [no-such-chat] the chat is gone
   *[other] the last message did not get through
  }), so nothing was sent. Please call.
choice-antrian = Queue

# In the copy of one's data.

copy-hand-overs = PASSED ON TO THE OFFICE
copy-hand-over = • { DATE($at) }, { CLOCK($at) } WIB ({ reason-name }): { $state ->
    [open] waits for the office
    [taken] the office answers
   *[closed] over
  }
