def play(agent, board):
    return agent.decide("move"), board.decide("draw")
