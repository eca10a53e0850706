"""What is kept of a learner: cards, quizzes, reviews, shared runs, groups."""

from tutor.models.allowance import Allowance
from tutor.models.assignment import Assignment
from tutor.models.fix import Fix
from tutor.models.group import LearnerGroup, Left, Membership
from tutor.models.learner import Learner
from tutor.models.live import Live, LiveAnswer
from tutor.models.playground import Playground
from tutor.models.problem import Problem
from tutor.models.quiz import Attempt, Quiz, Response
from tutor.models.review import Review, ReviewLog
from tutor.models.shared import SharedRun
from tutor.models.visit import Visit

__all__ = [
    "Allowance",
    "Assignment",
    "Attempt",
    "Fix",
    "Learner",
    "LearnerGroup",
    "Left",
    "Live",
    "LiveAnswer",
    "Membership",
    "Playground",
    "Problem",
    "Quiz",
    "Response",
    "Review",
    "ReviewLog",
    "SharedRun",
    "Visit",
]
