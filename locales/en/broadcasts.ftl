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
