# Untuk petugas, di chat mereka sendiri.

staff-help = { $name }, perintah petugas:
staff-help-antrian = /antrian – percakapan yang menunggu petugas: ambil, baca, balas, tutup
staff-help-help = /petugas – daftar ini
staff-not-allowed = Perintah itu hanya untuk admin.
staff-left = Baik, tidak jadi. Tidak ada yang berubah.
staff-nothing-open = Tidak ada perintah yang sedang menunggu.
choice-staff-leave = Tidak jadi
