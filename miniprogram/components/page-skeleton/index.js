// The outline of a page, on screen before the first answer.
Component({})
