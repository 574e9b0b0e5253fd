await DevnetCommand.main()
