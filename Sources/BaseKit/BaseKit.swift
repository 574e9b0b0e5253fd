// BaseKit
