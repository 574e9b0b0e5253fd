// SessionNetwork
