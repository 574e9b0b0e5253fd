import Logging
import SessionWire

extension SessionNetwork {
    /// Redirects that one request follows.
    /// - Source: network.md §2.4
    private static let maximumRedirects = 2
    /// Nodes asked who keeps an account.
    private static let lookupAttempts = 4
    /// The age of a list from which on one is asked for that may name more members of a swarm.
    private static let wornLifetime = Duration.seconds(300)

    /// The members of an account's swarm that are in the pool. Asks the network only when the list of nodes does not
    /// tell and nothing usable is remembered.
    func swarm(of account: [UInt8]) async throws(NetworkError) -> [ServiceNode] {
        try await ensurePool()
        if let known = knownSwarm(of: account) { return known }
        var lastError = NetworkError.swarmUnreachable
        var asked: Set<ServiceNodeID> = []
        for _ in 0..<Self.lookupAttempts {
            try requireRunning()
            guard let node = bystanders(1, excluding: asked).first else { break }
            asked.insert(node.id)
            let reply: NodeReply
            do throws(SendFault) {
                reply = try await exchange(
                    StorageRequest.getSwarm(account).encoded(), to: node, timeout: options.requestTimeout)
            } catch .network(let error) {
                throw error
            } catch {
                lastError = error.isTimeout ? .timedOut : .swarmUnreachable
                continue
            }
            if let known = knownSwarm(of: account) { return known }
            guard reply.status == 200, let swarm = try? SwarmReply(StorageReply.parse(reply.body)),
                try await adopt(swarm, for: account)
            else { continue }
            if let known = knownSwarm(of: account) { return known }
        }
        throw lastError
    }

    /// What is known without asking. When few members are left, whether they were dropped or the swarm is that small, the
    /// list is refreshed meanwhile.
    private func knownSwarm(of account: [UInt8]) -> [ServiceNode]? {
        if swarms[account]?.members.isEmpty ?? true,
            let (id, members) = pool.swarm(ofKey: Array(account.dropFirst()))
        {
            var generator = SourceGenerator(random)
            swarms.set(members.shuffled(using: &generator), swarmID: id, of: account)
        }
        guard let members = swarms[account]?.members.compactMap({ pool[$0] }), !members.isEmpty else { return nil }
        if members.count < SwarmTable.minimumMembers { refreshPoolIfOld(lifetime: Self.wornLifetime) }
        return members
    }

    /// Takes over what a node says about a swarm, if the pool knows every member: signatures of members that only the
    /// answer names would prove nothing. `false` when it cannot be used.
    private func adopt(_ reply: SwarmReply, for account: [UInt8]) async throws(NetworkError) -> Bool {
        guard !reply.nodes.isEmpty else { return false }
        if reply.nodes.contains(where: { pool[$0.id] == nil }) { try await refreshPoolNow() }
        let ids = reply.nodes.map(\.id).filter { pool[$0] != nil }
        guard ids.count == Set(reply.nodes.map(\.id)).count else {
            log.notice("A swarm names nodes that are not in the list")
            return false
        }
        var generator = SourceGenerator(random)
        swarms.set(ids.shuffled(using: &generator), swarmID: reply.swarmID, of: account)
        save(.swarms)
        return true
    }

    /// Sends a request to members of an account's swarm until one gives an answer that can be used.
    /// - Parameters:
    ///   - account: type byte and key, 33 bytes.
    ///   - timeout: for one attempt, the options' by default; everything together takes at most three times as long.
    ///   - preferred: the member to ask first.
    ///   - make: makes the request for the present network time and the member that will get it.
    ///   - read: takes the answer apart, away from the actor. It throws `.badReply` when the member lies, and another
    ///     one is asked.
    func ask<Value: Sendable>(
        swarmOf account: [UInt8], timeout: Duration?, preferring preferred: ServiceNodeID? = nil,
        make: @escaping @Sendable (_ now: UInt64, _ node: ServiceNodeID) async -> StorageRequest,
        read: @escaping @Sendable (SwarmAnswer) async throws(NetworkError) -> Value
    ) async throws(NetworkError) -> Value {
        let timeout = timeout ?? options.requestTimeout
        do throws(NetworkError) {
            let value = try await within(timeout * 3) { [self] () async throws(NetworkError) -> Value in
                try await attempts(account, timeout: timeout, preferred: preferred, make: make, read: read)
            }
            note(nil)
            return value
        } catch {
            note(error)
            throw error
        }
    }

    private func attempts<Value: Sendable>(
        _ account: [UInt8], timeout: Duration, preferred: ServiceNodeID?,
        make: @Sendable (UInt64, ServiceNodeID) async -> StorageRequest,
        read: @Sendable (SwarmAnswer) async throws(NetworkError) -> Value
    ) async throws(NetworkError) -> Value {
        try await ensureClock()
        var course = SwarmCourse(preferred: preferred)
        while course.mayGoOn {
            try requireRunning()
            let members = try await swarm(of: account)
            guard let node = nextMember(of: account, members, course: &course) else { break }
            course.attempts += 1
            let payload = await make(clock.now(), node.id).encoded()
            let asked = ContinuousClock.now
            let reply: NodeReply
            do throws(SendFault) {
                reply = try await exchange(payload, to: node, timeout: timeout, avoiding: course.avoidedPaths)
            } catch {
                try course.failed(error, at: node.id)
                if let slow = course.slowMember { strike(slow) }
                continue
            }
            let effective = await Self.offActor { EffectiveAnswer(reply) }
            if let time = effective.networkTime,
                let sample = NetworkClock.Sample(milliseconds: time, asked: asked, answered: .now)
            {
                clock.learn(sample, from: node.id)
            }
            let verdict = MemberVerdict(status: effective.status, body: effective.text)
            guard verdict == .success else {
                try await react(to: verdict, effective, from: node, account: account, course: &course)
                continue
            }
            let answer = SwarmAnswer(
                node: node, reply: reply, json: effective.json, swarm: members.filter { pool[$0.id] != nil })
            do throws(NetworkError) {
                let value = try await read(answer)
                // Not before: a member that answers in time but lies would be forgiven each lie.
                pool.forgive(node.id)
                return value
            } catch .badReply(let reason) {
                log.notice("A swarm member gave a bad answer", metadata: ["node": "\(node.redacted)"])
                strike(node.id)
                course.exclude(node.id)
                course.lastError = .badReply(reason)
            }
        }
        throw course.lastError
    }

    private func nextMember(
        of account: [UInt8], _ members: [ServiceNode], course: inout SwarmCourse
    ) -> ServiceNode? {
        if let wished = course.wishedMember, let node = members.first(where: { $0.id == wished }) { return node }
        let id = swarms.next(of: account, excluding: course.excluded, strikes: pool.strikes)
        course.wishedMember = id
        return id.flatMap { pool[$0] }
    }

    private func react(
        to verdict: MemberVerdict, _ answer: EffectiveAnswer, from node: ServiceNode, account: [UInt8],
        course: inout SwarmCourse
    ) async throws(NetworkError) {
        course.lastError = .rejected(status: answer.status, answer.text)
        switch verdict {
        case .success: break
        case .refused: throw .rejected(status: answer.status, answer.text)
        case .clock:
            course.lastError = .clockOutOfSync
            if course.hasResynced {
                // The second node of the same mind is right about us; a single one is wrong about the time.
                strike(node.id)
                course.exclude(node.id)
                course.clockRefusals += 1
            } else {
                course.hasResynced = true
                try await resyncClock()
            }
        case .moved:
            course.redirects += 1
            course.exclude(node.id)
            course.lastError = .swarmUnreachable
            guard course.redirects <= Self.maximumRedirects else { throw .swarmUnreachable }
            if let reply = try? SwarmReply(answer.json), try await adopt(reply, for: account) { return }
            swarms.remove(node.id, from: account)
            strike(node.id)
        case .otherMember(let reaction):
            course.exclude(node.id)
            switch reaction {
            case .pause:
                do { try await Task.sleep(for: options.busyPause) } catch { throw .cancelled }
            case .strike: strike(node.id)
            case .drop: dropNode(node.id)
            }
        }
    }
}

extension SendFault {
    var isTimeout: Bool {
        switch self {
        case .path(_, .timedOut), .destination(.timedOut): true
        default: false
        }
    }
}
