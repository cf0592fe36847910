# Why something cannot be, or was not approved.

why-wrong-role = Each class is opened for certain offices, and I read the office from the cooperative’s list. If the office on the list is wrong, the person can write “my position is wrong”.
why-wrong-area = Each class is opened for certain areas, and I read the area from the cooperative’s kelurahan or desa. If the cooperative on the list is wrong, the person can write “my cooperative is wrong”.
why-not-open-yet = Registrations are only taken while the wave is open, which staff decide.
why-closed = Registrations are only taken while the wave is open, and that time is over. Somebody of the same cooperative can still be replaced in a seat they have.
why-begun = Once the class has begun, nobody can be added or replaced through this chat.
why-already-registered = One person may have one registration a track. For another class of the same track write “change class”: the old seat goes only when the new one is had.
why-track-completed = The Bimtek of that track is recorded as completed, and the seats are for those who have not.
why-overlap = Nobody can be in two classes at the same time. For this one, the registration at the same time has to be changed or cancelled first.
why-cooperative-cap = The office limits how many may come from one cooperative. If a colleague cancels, that place is free; or somebody registered can be replaced.
why-full = The office sets the number of seats, and I cannot exceed it. If somebody cancels, the seat is offered in the order of the waiting list.
why-called-off = The office has called that class off for the time being, so registration is closed until there is a new date.
why-registration-refused = The registration for { $title } ({ $code }), number { $number }, was *not approved by the office*.
why-registration-lapsed = A seat in { $title } ({ $code }), number { $number }, was offered, but *not taken in time*, so it went to the next. You may register again.
why-registration-replaced = The seat in { $title } ({ $code }), number { $number }, has been *taken over by { $name }*, who agreed.
why-registration-cancelled = The registration for { $title } ({ $code }), number { $number }, was *cancelled* on { DAY($at) } at { CLOCK($at) } WIB; no decision by staff and no ended office is recorded for it. As long as the class is open you may register again.
why-office-ended = The registration for { $class } ({ $code }) was cancelled because the office { title-name }, { $cooperative }, *has ended* on the list. If that is a mistake, please let your cooperative’s secretary tell the office.
why-nothing = Nothing of yours stands as refused. If there is a class that you cannot join, name it (such as “register G3-A”) and I will tell you the rule.
why-no-reason = Staff have not written down a reason.
