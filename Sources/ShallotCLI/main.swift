import MediaKit

MediaSystem.shareHeaps()
await Program.run()
