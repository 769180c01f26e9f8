import Station
import Testing

@Suite struct RoundRobinTests {
    @Test func everyPlaceIsServedWhenAllAreBusy() {
        var turn = RoundRobin()
        var served: [Int] = []
        for _ in 0..<6 {
            let place = turn.order(of: 3)[0]
            turn.served(place)
            served.append(place)
        }
        #expect(served == [0, 1, 2, 0, 1, 2])
    }

    @Test func eachOrderHoldsEveryPlaceOnce() {
        var turn = RoundRobin()
        for count in 1..<6 {
            for place in 0..<count {
                turn.served(place)
                #expect(turn.order(of: count).sorted() == Array(0..<count))
            }
        }
        #expect(turn.order(of: 0).isEmpty)
    }
}
