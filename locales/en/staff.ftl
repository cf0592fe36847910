# For staff, in their own chat.

staff-help = { $name }, commands of staff:
staff-help-antrian = /antrian – conversations that wait for the office: take, read, answer, close
staff-help-help = /petugas – this list
staff-not-allowed = That command is for admins only.
staff-left = All right, nothing was changed.
staff-nothing-open = No command is waiting.
choice-staff-leave = Leave it
