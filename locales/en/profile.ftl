# Changing one’s own data: requests that staff decide.

profile-noted = All right, I have noted that for the change of your data.
profile-ask-field = What I can pass on to staff: your *name*, *phone number*, or *office and cooperative*. Which would you like to change?
profile-ask-field-again = Which would you like to change: name, phone number, or office and cooperative?
profile-ask-name = The list says *{ $name }*. Please write the right full name, with titles if you have any.
profile-ask-name-again = Please write the right full name.
profile-name-same = The name is already stored like that: *{ $name }*.
profile-ask-phone = There are two ways. Write to me *from the new number* and introduce yourself there, or write the *new number* here and I will pass it on to staff.
profile-ask-phone-again = Please write the new phone number, such as 0812 3456 7890.
profile-phone-bad = Sorry, that is not a phone number I can read. Please write the new number again, such as 0812 3456 7890.
profile-phone-sample = This is sample data: only sample numbers (+62 000 …) can be used here. Ordinary phone numbers are taken once the office has brought in the real data. Please write a sample number, such as +62 000 1234 5678.
profile-phone-same = The number { $phone } is already stored for you.
profile-ask-cooperative = Which cooperative? Write the name of its kelurahan or desa.
profile-cooperative-unknown = I cannot find that cooperative on the list. Please write the name of its kelurahan or desa.
profile-ask-title = What is your office now? If it is the cooperative that has changed, write the name of its kelurahan or desa. If you hold no office any more, write “no longer in office”.
profile-ask-title-again = What is your office now?
profile-ask-replaces = Which office does it replace?
profile-position-same = You are already on record as { title-name }, { $cooperative }.
profile-confirm-name = Name on the list: from *{ $from }* to *{ $to }*.
profile-confirm-phone = New phone number: *{ $phone }*. The old number stays on record.
profile-confirm-phone-gone = New phone number: *{ $phone }*, instead of { $gone }, which is no longer used.
profile-confirm-position = Office: from { old-title-name }, { $oldCooperative } to *{ title-name }, { $cooperative }*.
profile-confirm-position-new = Additional office: *{ title-name }, { $cooperative }*.
profile-sure = Shall I pass it on to staff? Answer Yes if it is right.
profile-requested = ✅ I have passed your request on to staff, number *{ $number }*.
profile-replaced = It replaces your earlier request about the same thing.
profile-until-then = I will send you the answer in this chat. Until it is approved, the old data remain valid.
profile-left = All right, nothing is changed.
profile-of-another = An officer’s data can only be changed by that officer: please let them write to me from their own number, or let the cooperative’s secretary tell staff.
profile-asleep = The change of your data was not finished. Would you like to go on?
choice-go-on-profile = Go on changing my data

choice-profile-name = Name
choice-profile-phone = Phone number
choice-profile-position = Office or cooperative
choice-profile-beside = None, it is an additional office
choice-title = { title-name }
choice-cooperative = { $name }

profile-waiting = • Waiting for staff ({ $number }): { $field ->
    [name] new name { $to }
    [phone] new phone number { $to }
    [ended] office { $from } ends
   *[position] new office { $to }
  }

# Staff’s answer

profile-wish = { $field ->
    [name] new name { $name }
    [phone] new phone number { $phone }
    [phone-lost] new phone number
    [ended] office { title-name }, { $cooperative }, ends
   *[position] new office { title-name }, { $cooperative }
  }
profile-approved = ✅ Staff have approved the change of your data: *{ profile-wish }*.
profile-phone-gone = The old number has been removed from your data. So that I still recognise this chat, press the button below to send your new number.
profile-refused = Staff did not approve the change of your data: { profile-wish }. The old data remain valid. If they really are wrong, please ask your cooperative’s secretary to tell staff.
old-title-name = { $oldTitle ->
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

# No longer in office

profile-end-none = No office is on the list under your name, so there is nothing to end.
profile-ask-ends = Which office do you hold no more?
profile-confirm-end = I ask staff to end the office *{ title-name }, { $cooperative }*.
profile-end-cancels = • The registration for { $class } ({ $code }), number { $number }, is cancelled with it if staff agree.
profile-end-keeps = • The registration for { $class } ({ $code }), number { $number }, stays, under your other office.
profile-end-substitute = If the seat in { $code } is to go to a colleague of your cooperative, answer No first and then write “I am replaced by …”.
profile-ended-registration = The registration for { $title } ({ $code }), number { $number }, is cancelled because of that.
