## What stands around the chat on Telegram

menu-schedule = Jadwal dan tempat Bimtek
menu-register = Daftar Bimtek
menu-status = Status pendaftaran saya
menu-help = Apa saja yang bisa ditanyakan
bot-description =
    Asisten Bimtek Koperasi Kepri: menjawab soal jadwal dan tempat, mendaftarkan pengurus, pengawas, dan manajer koperasi, dan mengingatkan menjelang hari pelaksanaan.

    Tekan MULAI, lalu tulis pertanyaan Bapak/Ibu seperti biasa.
bot-short-description = Jadwal, tempat, dan pendaftaran Bimtek koperasi Kepulauan Riau.

## Links on posters and in messages

link-welcome = Halo, Bapak/Ibu. Saya *asisten Bimtek Koperasi Kepri*, mesin penjawab otomatis.
link-to-wave = Tautan ini untuk mendaftar *Gelombang { $wave } – { $title }*.
link-to-training = Tautan ini untuk mendaftar *{ $title }* ({ $code }).
link-unknown = Maaf, tautan itu tidak saya kenali atau sudah tidak berlaku. Bapak/Ibu tetap bisa bertanya atau mendaftar di sini.

## In a group

group-in-private = Soal pribadi, seperti pendaftaran, saya layani di chat pribadi supaya data Bapak/Ibu tidak terbaca semua orang. Silakan lanjut di sana.
group-open-private = Buka chat pribadi
group-register-in-private = Daftar lewat chat pribadi
