# Pengingat menjelang sesi.

reminder =
    ⏰ Pengingat untuk *{ $name }*: *{ $training }*
    { $session }
    🗓 { DAY($starts) }, pukul { CLOCK($starts) }–{ CLOCK($ends) } WIB
reminder-place = 📍 { $venue }, { $address }
reminder-cannot-come = Kalau berhalangan, tulis “batalkan pendaftaran saya” (nomor { $number }).
