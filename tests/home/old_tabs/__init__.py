"""An old tab: a form that was right when it was shown, sent when what it acts on has come to another state."""
