"""The newsletter: subscriptions, numbers made of what is new, mails that leave once each."""
