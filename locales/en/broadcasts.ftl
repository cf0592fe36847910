# Announcements of the office.

broadcast-for = For *{ $names }*:

# A wave's announcement

announce-head = 📣 Registration for the cooperative training, *wave { $wave }* – { $title }
announce-window = Opens { DAY($opens) } at { CLOCK($opens) } WIB, closes { DAY($closes) } at { CLOCK($closes) } WIB.
announce-class = *{ $title }* ({ $code })
announce-class-line = • { $code } { $title }
announce-for = 👥 For { $roles } – { $areas }
announce-more = … and { $count } more classes
announce-answer = You may take part. To register, press its button or reply DAFTAR with the code of the class, such as *DAFTAR { $code }*. If you want no announcements, reply STOP.
announce-telegram = Register on Telegram: { $link }
announce-whatsapp = Register on WhatsApp: { $link }
choice-register-class = DAFTAR { $code }

# What is wrong with an announcement, for staff

broadcast-fault-audience =
    The audience cannot be read, at character { $at }: { $kind ->
        [too-long] it is too long
        [too-deep] too many parentheses within parentheses
        [too-many] too many combinations of and, or
        [no-value] there is no value
        [not-here] “{ $found }” does not belong there
        [not-closed] a parenthesis is not closed
        [missing] something is missing at the end
        [needs-value] “{ $found }” needs a value
        [takes-no-value] “{ $found }” takes no value
        [bad-value] there is no “{ $found }”
        [unknown-area] no area has the code of “{ $found }”
        [unknown-wave] the wave of “{ $found }” is not there
        [unknown-training] the class of “{ $found }” is not there
       *[unknown] “{ $found }” is not known
    }.
    { $many ->
        [0] Such as: wave=3 and status=confirmed
       *[other] Possible: { $possible }
    }
broadcast-fault-text = { $kind ->
    [empty] The text is empty.
    [too-long] The text is too long: { $found } characters, at most { $most }.
    [no-wave] For {"{"}gelombang{"}"} the audience must name one wave, such as wave=3.
   *[unknown-placeholder] “{ $found }” is not known. Possible: {"{"}nama{"}"}, {"{"}koperasi{"}"}, {"{"}gelombang{"}"}.
  }
broadcast-fault-file = { $kind ->
    [too-large] The file is larger than 10 MB.
   *[other-kind] The file is neither a PDF nor a picture (JPEG, PNG).
  }

# To the member of staff who sent it, when it is done

broadcast-done = ✅ Broadcast { $id } is done.
broadcast-done-counts = Sent to { $sent } of { $persons } persons.
broadcast-done-faults = Failed { $failed }, uncertain { $uncertain }, not sent { $unsent }.

# Why somebody is not reached

call-reason = { $why ->
    [no-number] no number
    [no-contact] never wrote to the bot
    [stopped] wrote STOP
    [blocked] blocked the bot
    [no-such-chat] the chat is gone
    [must-confirm] silent for long, the name must be asked first
    [sample] sample number
    [unlinked] the number was unlinked
    [forgotten] the message is not kept any more
    [uncertain] uncertain whether it arrived
    [not-sent] not sent yet
   *[other] could not be sent
  }
