## What stands around the chat on Telegram

menu-schedule = Dates and places of the training
menu-register = Register
menu-status = My registration
menu-help = What you can ask
bot-description =
    The training assistant of Kepri's cooperatives: it says when and where, registers officers of cooperatives, and reminds them before the day.

    Press START and write your question as you would to a person.
bot-short-description = Dates, places and registration for cooperative training in Kepulauan Riau.

## Links on posters and in messages

link-welcome = Hello. I am the *Bimtek assistant of the cooperatives of Kepri*, an automatic service.
link-to-wave = This link is for registering in *wave { $wave } – { $title }*.
link-to-training = This link is for registering in *{ $title }* ({ $code }).
link-unknown = Sorry, I do not know that link, or it is no longer valid. You can still ask or register here.

## In a group

group-in-private = For personal matters, such as registering, please write to me in private, so that not everybody reads your data.
group-open-private = Open the private chat
group-register-in-private = Register in the private chat
