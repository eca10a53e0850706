# intent: - | a module that is not there
import nowhere.at_all
