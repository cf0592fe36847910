# A number that has not written for long: does the same person still use it?

ask-name =
    This number has not written to me for a long time. So that your data do not reach somebody else, I first need to make sure with whom I am speaking.

    Please write your *full name*, as it is recorded at your cooperative.
ask-name-again = For what you asked before, please write your *full name* first.
name-in-full = That is not the whole name yet. Please write your *full name*, as it is recorded at your cooperative.
name-wrong = Sorry, that name does not match what is recorded for this number. Please write your *full name* once more, as it is recorded at your cooperative. If somebody else used this number before, ask the *cooperative office (dinas)* to release it from that name, then introduce yourself from this number by writing “register”.
name-tomorrow = Sorry, the name still does not match what is recorded for this number, so I cannot show personal data today. Please ask the *cooperative office (dinas)* or your cooperative’s secretary to check this number, or try again tomorrow. Questions about schedule, place and requirements I answer all the same. If somebody else used this number before, ask the *cooperative office (dinas)* to release it from that name, then introduce yourself from this number by writing “register”.
name-of-another = Thank you for telling me. If somebody else used this number before, please ask the *cooperative office (dinas)* to release it from that name, then introduce yourself from this number by writing “register”. Until then I show no personal data; questions about schedule, place and requirements I answer all the same. If the number is recorded under your own name, write your full name.
