# Words that other texts use.

track-name = { $track ->
    [business] business and management
   *[organisation] organisation
  }

title-name = { $title ->
    [ketua] Chair
    [wakil_ketua] Deputy chair
    [wakil_ketua_usaha] Deputy chair for business
    [wakil_ketua_anggota] Deputy chair for members
    [sekretaris] Secretary
    [bendahara] Treasurer
    [ketua_pengawas] Chair of the supervisors
    [anggota_pengawas] Supervisor
   *[manajer] Manager
  }

state-name = { $state ->
    [pending] waiting for approval
    [waitlisted] on the waiting list
    [offered] a seat is offered
    [lapsed] the waiting list has ended
    [refused] not approved
    [completed] completed
    [partial] attended in part
    [absent] absent
    [cancelled] cancelled
   *[confirmed] registered
  }
