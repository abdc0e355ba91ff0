"""What `./portaal` does inside the virtualenv: start, test, manage, check, meet, backup, restore."""
